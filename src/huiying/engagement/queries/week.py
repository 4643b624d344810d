"""A week of planned contacts: working days side by side with what falls on each, holidays named (SPEC B1)."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from django.db.models import Q
from django.utils import dateformat
from django.utils.translation import gettext as _

from huiying.deadlines.catalogue import catalogue
from huiying.engagement.models import PlannedContact, State
from huiying.engagement.models.planned_contact import PlannedContactQuerySet
from huiying.engagement.policies import may_lead
from huiying.staff.actors import StaffActor
from huiying.staff.models import User

SHOWN_A_DAY = 40
SATURDAY = 5
SHOWN = (State.PLANNED, State.HELD, State.DONE, State.COVERED, State.MISSED)


@dataclass(frozen=True, kw_only=True)
class Day:
    """A column; `name` is what a holiday or make-up day is called."""

    date: date
    name: str
    is_working: bool
    is_today: bool
    contacts: list[PlannedContact]
    more: int
    open: int

    @property
    def label(self) -> str:
        # Translators: a Django date format, for a column of the week
        return dateformat.format(self.date, _("D j/n"))


@dataclass(frozen=True)
class Week:
    days: list[Day]
    monday: date

    @property
    def before(self) -> date:
        return self.monday - timedelta(days=7)

    @property
    def after(self) -> date:
        return self.monday + timedelta(days=7)

    @property
    def label(self) -> str:
        # Translators: a Django date format, for the first and last day of a week
        form = _("j M")
        return f"{dateformat.format(self.monday, form)} – {dateformat.format(self.days[-1].date, form)}"


@dataclass(frozen=True)
class Whose:
    """Whose contacts are looked at: mine, everybody's whom I lead, or one colleague's."""

    code: str
    name: str
    is_many: bool = False


def contacts_of(whose: str, by: StaffActor) -> PlannedContactQuerySet:
    """Return what the actor may look at of them; who does not lead looks at their own."""
    rows = PlannedContact.objects.visible_to(by)
    if not may_lead(by) or whose in {"", "me"}:
        return rows.filter(owner=by.pk)
    if whose == "all":
        return rows
    return rows.filter(owner__username=whose)


def choices_of(by: StaffActor) -> list[Whose]:
    """Return whom one may choose: nobody else unless one leads; then who has customers, team first."""
    mine = Whose("me", _("my contacts"))
    if not may_lead(by):
        return [mine]
    near = Q(department=by.department_id) if by.department_id else Q()
    people = User.objects.working().filter(near, customers__isnull=False).exclude(pk=by.pk).distinct()
    return [mine, Whose("all", _("everybody"), is_many=True), *(Whose(one.username, one.name) for one in people[:200])]


def week_of(day: date, rows: PlannedContactQuerySet, *, by: StaffActor, today: date) -> Week:
    """Return the week that the day lies in; a weekend day only where somebody works or something falls on it."""
    monday = day - timedelta(days=day.weekday())
    dates = [monday + timedelta(days=ahead) for ahead in range(7)]
    known = catalogue()
    calendar = known.calendar(known.calendar_of(by.department_id))
    falls: dict[date, list[PlannedContact]] = defaultdict(list)
    within = rows.filter(due_on__range=(dates[0], dates[-1]), state__in=SHOWN)
    for planned in within.for_rows().order_by("due_on", "-tier", "id")[: 7 * SHOWN_A_DAY * 4]:
        falls[planned.due_on].append(planned)
    days = [
        Day(
            date=each,
            name=calendar.exceptions[each].name if each in calendar.exceptions else "",
            is_working=calendar.is_working_day(each),
            is_today=each == today,
            contacts=open_first(falls[each])[:SHOWN_A_DAY],
            more=max(len(falls[each]) - SHOWN_A_DAY, 0),
            open=sum(one.state == State.PLANNED for one in falls[each]),
        )
        for each in dates
        if each.weekday() < SATURDAY or calendar.is_working_day(each) or falls[each]
    ]
    return Week(days, monday)


def open_first(planned: Sequence[PlannedContact]) -> list[PlannedContact]:
    return sorted(planned, key=lambda one: SHOWN.index(State(one.state)))


def overdue_of(rows: PlannedContactQuerySet, *, today: date, limit: int = 10) -> list[PlannedContact]:
    return list(rows.overdue(today).for_rows().order_by("due_on", "id")[:limit])
