"""A week of planned contacts: working days side by side with what falls on each, holidays named (SPEC B1)."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from django.db.models import Case, Count, Exists, F, OuterRef, Q, When, Window
from django.db.models.functions import RowNumber
from django.utils import dateformat
from django.utils.translation import gettext as _

from huiying.customers.models import Customer, Tier
from huiying.deadlines.catalogue import catalogue
from huiying.engagement.models import PlannedContact, State
from huiying.engagement.models.planned_contact import PlannedContactQuerySet
from huiying.engagement.policies import may_lead
from huiying.staff.actors import StaffActor
from huiying.staff.models import User
from huiying.staff.models.user import UserQuerySet

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
    def has_any(self) -> bool:
        return any(day.contacts for day in self.days)

    @property
    def is_movable(self) -> bool:
        return any(day.open for day in self.days)

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
    """Return what the actor may look at of them; who does not lead looks at their own, and stands in for others."""
    rows = PlannedContact.objects.visible_to(by)
    if whose in {"", "me"}:
        return rows.filter(owner=by.pk)
    if not may_lead(by):
        return rows.filter(owner__in=by.stands_in_for, owner__username=whose)
    if whose == "team":
        return rows.filter(owner__in=team_of(by).values("pk"))
    return rows if whose == "all" else rows.filter(owner__username=whose)


def team_of(by: StaffActor) -> UserQuerySet:
    """Return the people of whom the actor leads the team or heads the department, and those of their own team."""
    people: UserQuerySet = User.objects.all()
    own = people.filter(Q(team=by.team_id) if by.team_id else Q(pk=by.pk or 0))
    return own | people.led_by(by) | people.filter(pk=by.pk or 0)


def choices_of(by: StaffActor) -> list[Whose]:
    """Return whom one may choose: oneself, whom one stands in for; who leads, the team, all, and who has customers."""
    mine = Whose("me", _("my contacts"))
    if not may_lead(by):
        away = User.objects.filter(pk__in=by.stands_in_for)
        return [mine, *(Whose(one.username, _("for %(name)s") % {"name": one.name}) for one in away)]
    near = Q(department=by.department_id) if by.department_id else Q()
    serves = Exists(Customer.objects.filter(owner=OuterRef("pk")))
    people = User.objects.working().filter(near, serves).exclude(pk=by.pk)
    many = [Whose("team", _("my team's"), is_many=True), Whose("all", _("everybody"), is_many=True)]
    return [mine, *many, *(Whose(one.username, one.name) for one in people[:200])]


def widest_of(by: StaffActor) -> str:
    """Return whose contacts are counted: everybody's to who leads, one's own to who does not."""
    return "all" if may_lead(by) else "me"


def whose_first(by: StaffActor) -> str:
    """Return whose week is shown first: one's own, the team's to who leads and looks after nobody."""
    is_own = not may_lead(by) or Customer.objects.current().filter(owner=by.pk).exists()
    return "me" if is_own else "team"


def week_of(day: date, rows: PlannedContactQuerySet, *, by: StaffActor, today: date) -> Week:
    """Return the week that the day lies in; a weekend day only where somebody works or something falls on it."""
    monday = day - timedelta(days=day.weekday())
    dates = [monday + timedelta(days=ahead) for ahead in range(7)]
    known = catalogue()
    calendar = known.calendar(known.calendar_of(by.department_id))
    within = rows.filter(due_on__range=(dates[0], dates[-1]), state__in=SHOWN)
    falls, numbers = first_of_each_day(within), Counter[date]()
    still_open = Counter[date]()
    for each, state, number in within.order_by().values_list("due_on", "state").annotate(number=Count("pk")):
        numbers[each] += number
        still_open[each] += number if state == State.PLANNED else 0
    days = [
        Day(
            date=each,
            name=calendar.exceptions[each].name if each in calendar.exceptions else "",
            is_working=calendar.is_working_day(each),
            is_today=each == today,
            contacts=falls[each],
            more=numbers[each] - len(falls[each]),
            open=still_open[each],
        )
        for each in dates
        if each.weekday() < SATURDAY or calendar.is_working_day(each) or numbers[each]
    ]
    return Week(days, monday)


def first_of_each_day(rows: PlannedContactQuerySet) -> dict[date, list[PlannedContact]]:
    """Return what a column has room for, however much falls on the day: what is open first, then the higher tier."""
    order: list[Case | F] = [place_in("state", SHOWN), place_in("tier", list(Tier)), F("pk")]
    numbered = rows.annotate(place=Window(RowNumber(), partition_by="due_on", order_by=order))
    first = numbered.filter(place__lte=SHOWN_A_DAY).order_by("due_on", "place").values_list("pk", flat=True)
    keys = list(first)
    found = PlannedContact.objects.for_rows().in_bulk(keys)
    days: dict[date, list[PlannedContact]] = defaultdict(list)
    for key in keys:
        days[found[key].due_on].append(found[key])
    return days


def place_in(column: str, values: Sequence[str]) -> Case:
    return Case(*(When(**{column: value}, then=place) for place, value in enumerate(values)), default=len(values))


def overdue_of(rows: PlannedContactQuerySet, *, today: date, limit: int = 10) -> list[PlannedContact]:
    return list(rows.overdue(today).for_rows().order_by("due_on", "id")[:limit])
