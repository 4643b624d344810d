"""What the settings pages of policies and calendars show: rules in words, effects by example, years not known yet."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.db.models import Count
from django.utils.translation import gettext as _

from huiying.deadlines.actions.policy import PolicyDraft
from huiying.deadlines.arithmetic.calendar import WorkingCalendar
from huiying.deadlines.arithmetic.deadline import NOTHING, Deadline, Definition, at_percent, reckon
from huiying.deadlines.arithmetic.explanation import say_definition
from huiying.deadlines.arithmetic.hours import say_opening
from huiying.deadlines.catalogue import catalogue
from huiying.deadlines.models import Calendar, Clock, Policy
from huiying.deadlines.models.policy import Recipient
from huiying.deadlines.vocabulary import conditions_read

SHOWN_EXAMPLES = 3
TRIED_AT_MOST = 2_000


@dataclass(frozen=True, kw_only=True)
class PolicyRow:
    """A policy as the list shows it."""

    policy: Policy
    rule: str
    conditions: list[tuple[str, str]]
    running: int


def policy_rows() -> list[PolicyRow]:
    """Return the current policies with their rules in words and how many clocks run by them."""
    running = dict(Clock.objects.live().values_list("policy__code").annotate(Count("id")))
    return [
        PolicyRow(
            policy=policy,
            rule=rule_of(policy),
            conditions=conditions_read(policy.conditions),
            running=running.get(policy.code, 0),
        )
        for policy in Policy.objects.current().select_related("calendar").order_by("-active", "position", "id")
    ]


def rule_of(policy: Policy) -> str:
    if policy.as_promised:
        return _("as promised or agreed")
    known = catalogue()
    return say_definition(Definition(policy.counted_in, policy.length, known.calendar(policy.calendar_id)))


@dataclass(frozen=True, kw_only=True)
class Ring:
    """A step of the ladder in an example."""

    percent: int
    to: str
    at: datetime


@dataclass(frozen=True, kw_only=True)
class Example:
    """What a policy would do with a case that begins then."""

    start: datetime
    due: datetime
    rings: list[Ring]
    warnings: tuple[str, ...]


def examples(draft: PolicyDraft, *, now: datetime) -> list[Example]:
    """Return the effect of a policy on cases that begin now, at the end of the day and before the next days off."""
    if draft.length is None:
        return []
    known = catalogue()
    definition = Definition(draft.unit, draft.length, known.calendar(draft.calendar.pk if draft.calendar else None))
    starts = list(moments(definition.calendar, now))[:SHOWN_EXAMPLES]
    return [example(reckon(definition, start), draft) for start in starts]


@dataclass(frozen=True, kw_only=True)
class Touched:
    """How many running clocks a change would have moved, had it held for them, and how many of these into the past."""

    changed: int
    overdue: int
    has_more: bool


def touched(policy: Policy, draft: PolicyDraft, *, now: datetime) -> Touched:
    """Try a drafted policy on the clocks that run by the present one; they keep the version they started by."""
    if draft.length is None:
        return Touched(changed=0, overdue=0, has_more=False)
    known = catalogue()
    clocks = list(Clock.objects.running().filter(policy__code=policy.code).order_by("-id")[: TRIED_AT_MOST + 1])
    moved = []
    for clock in clocks[:TRIED_AT_MOST]:
        calendar = known.calendar(draft.calendar.pk if draft.calendar else clock.calendar_id)
        due = Definition(draft.unit, draft.length, calendar).due(clock.started_at)
        if clock.restarts == 0 and clock.used == NOTHING and due != clock.due_at:
            moved.append(due)
    overdue = sum(due < now for due in moved)
    return Touched(changed=len(moved), overdue=overdue, has_more=len(clocks) > TRIED_AT_MOST)


def moments(calendar: WorkingCalendar, now: datetime) -> Iterator[datetime]:
    today = calendar.local(now)
    yield today.replace(second=0, microsecond=0)
    ahead = [today.date() + timedelta(days=number) for number in range(1, 40)]
    working = [day for day in ahead if calendar.is_working_day(day)]
    if working:
        yield shortly_before_close(calendar, working[0])
    eves = [day for day in working[1:] if not calendar.is_working_day(day + timedelta(days=1))]
    if eves:
        yield shortly_before_close(calendar, eves[0])


def shortly_before_close(calendar: WorkingCalendar, day: date) -> datetime:
    last = calendar.opening_on(day)[-1]
    return calendar.at(day, max(last.closes - 10, last.opens))


def example(deadline: Deadline, draft: PolicyDraft) -> Example:
    rings = [
        Ring(percent=step.percent, to=str(Recipient(step.to).label), at=at_percent(deadline, step.percent))
        for step in sorted(draft.steps, key=lambda step: step.percent)
    ]
    return Example(start=deadline.start, due=deadline.due, rings=rings, warnings=deadline.warnings)


def years_unknown(calendar: Calendar, *, today: date) -> list[int]:
    """Return which of this year and the next have no holidays announced in the calendar."""
    known = catalogue().calendar(calendar.pk).known_years
    return [year for year in (today.year, today.year + 1) if year not in known]


@dataclass(frozen=True, kw_only=True)
class DayRow:
    """A dated exception as the page lists it; `own` ones can be taken back here, the others on the base."""

    day: date
    working: bool
    name: str
    hours: str
    own: bool


def days_ahead(calendar: Calendar, *, today: date) -> list[DayRow]:
    """Return the dated exceptions from today on, those of the base included."""
    exceptions = catalogue().calendar(calendar.pk).exceptions
    own = set(calendar.days.filter(day__gte=today).values_list("day", flat=True))
    return [
        DayRow(
            day=day,
            working=exceptions[day].working,
            name=exceptions[day].name,
            hours=say_opening(exceptions[day].hours),
            own=day in own,
        )
        for day in sorted(exceptions)
        if day >= today
    ]


@dataclass(frozen=True, kw_only=True)
class CalendarRow:
    """A calendar as the list shows it."""

    calendar: Calendar
    hours: str
    unknown: list[int]


def calendar_rows(*, today: date) -> list[CalendarRow]:
    known = catalogue()
    return [
        CalendarRow(
            calendar=calendar,
            hours=say_opening(known.calendar(calendar.pk).weekly_on(today).ordinary),
            unknown=years_unknown(calendar, today=today),
        )
        for calendar in Calendar.objects.select_related("department", "base")
    ]
