"""A deadline reckoned: definition, start and pauses give the due moment, and moments at a percentage of the way."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from django.utils.translation import gettext as _

from huiying.deadlines.arithmetic.calendar import WorkingCalendar
from huiying.deadlines.arithmetic.counting import (
    add_elapsed,
    add_working,
    add_working_days,
    days_between,
    end_of,
    statutory_due,
    working_between,
)
from huiying.deadlines.arithmetic.units import Length, Unit
from huiying.kit.guards import BadInput

DAY = timedelta(days=1)
NOTHING = timedelta()


@dataclass(frozen=True, slots=True)
class Span:
    """A stretch of time that does not count."""

    start: datetime
    end: datetime

    def __post_init__(self) -> None:
        if self.end < self.start:
            raise BadInput(_("A pause must not end before it starts."), field="pause")


@dataclass(frozen=True, slots=True)
class Definition:
    """What a deadline is: how long, counted how, by which calendar."""

    unit: Unit
    length: Length
    calendar: WorkingCalendar

    def __post_init__(self) -> None:
        if self.unit is Unit.STATUTORY and self.length.minutes:
            raise BadInput(_("Statutory deadlines are counted in days, for example 15d."), field="length")

    def allowance(self, start: datetime) -> timedelta:
        """Return the time this grants from `start`, in the unit's own time (statutory: whole days)."""
        if self.unit is Unit.WORKING and self.length.days:
            due = add_working_days(start, self.length.days, self.calendar)
            return working_between(start, due, self.calendar)
        return self.length.time

    def due(self, start: datetime, *, lost: timedelta = NOTHING) -> datetime:
        """Return the due moment when `lost` of the unit's time stood still."""
        if self.unit is Unit.WORKING and self.length.days:
            return add_working(add_working_days(start, self.length.days, self.calendar), lost, self.calendar)
        return later(start, self.length.time + lost, unit=self.unit, calendar=self.calendar)


@dataclass(frozen=True, slots=True)
class Deadline:
    """The answer: when it is due, what stood still meanwhile, and the years whose holidays nobody knows yet."""

    definition: Definition
    start: datetime
    due: datetime
    pauses: tuple[Span, ...]

    @property
    def unknown_years(self) -> tuple[int, ...]:
        calendar = self.definition.calendar
        if self.definition.unit is Unit.ELAPSED:
            return ()
        if self.definition.unit is Unit.STATUTORY:
            return calendar.unknown_years(self.due, self.due)
        return calendar.unknown_years(self.start, self.due)

    @property
    def warnings(self) -> tuple[str, ...]:
        return holidays_unknown(self.unknown_years)


def reckon(definition: Definition, start: datetime, pauses: Sequence[Span] = ()) -> Deadline:
    """Return the deadline; each pause that begins before the due moment moves it by the time it takes away."""

    def due(lost: timedelta) -> datetime:
        return definition.due(start, lost=lost)

    standing_still = merged(pauses, since=start)
    moment, counted = reached(due, standing_still, definition)
    return Deadline(definition, definition.calendar.local(start), moment, counted)


def reached(
    moment_after: Callable[[timedelta], datetime], pauses: Sequence[Span], definition: Definition
) -> tuple[datetime, tuple[Span, ...]]:
    """Return `moment_after(lost)` for the time lost to those pauses that begin before it, and these pauses."""
    lost, counted = NOTHING, 0
    moment = moment_after(lost)
    for pause in pauses:
        if pause.start >= moment:
            break
        counted += 1
        lost += between(pause.start, pause.end, unit=definition.unit, calendar=definition.calendar)
        moment = moment_after(lost)
        if moment < pause.end:  # days that a holiday adds do not pass, either, while it stands still
            moment = later(pause.end, NOTHING, unit=definition.unit, calendar=definition.calendar)
    return moment, tuple(pauses[:counted])


def merged(pauses: Sequence[Span], *, since: datetime) -> list[Span]:
    """Return the pauses in order, without what lies before `since`, overlapping ones made one."""
    result: list[Span] = []
    for pause in sorted(pauses, key=lambda span: span.start):
        if pause.end <= since:
            continue
        clipped = replace(pause, start=max(pause.start, since))
        if result and clipped.start <= result[-1].end:
            result[-1] = replace(result[-1], end=max(result[-1].end, clipped.end))
        else:
            result.append(clipped)
    return result


def later(start: datetime, time: timedelta, *, unit: Unit, calendar: WorkingCalendar) -> datetime:
    """Return the moment when `time` of `unit` has passed since `start` (statutory: whole days, rolled, to the end)."""
    if unit is Unit.WORKING:
        return add_working(start, time, calendar)
    if unit is Unit.ELAPSED:
        return add_elapsed(start, time, calendar)
    return statutory_due(start, -(-time // DAY), calendar)  # a day begun is a day


def between(start: datetime, end: datetime, *, unit: Unit, calendar: WorkingCalendar) -> timedelta:
    """Return the time of `unit` from `start` to `end` (statutory: one day a midnight); never negative."""
    if unit is Unit.WORKING:
        return working_between(start, end, calendar)
    if unit is Unit.ELAPSED:
        return max(end - start, NOTHING)
    return days_between(start, end, calendar) * DAY


def at_percent(deadline: Deadline, percent: int) -> datetime:
    """Return when `percent` of the deadline is used up, in its own unit (contract 14); over 100 counts on from due.

    Statutory days are used up at their end: 80 % of 10 days is the end of the eighth.
    """
    definition, calendar, start = deadline.definition, deadline.definition.calendar, deadline.start
    part = definition.allowance(start) * percent / 100

    def used_up(lost: timedelta) -> datetime:
        if definition.unit is Unit.STATUTORY:
            return end_of(start.date(), calendar) + part + lost
        return later(start, part + lost, unit=definition.unit, calendar=calendar)

    if percent >= 100:
        return beyond(deadline, part - definition.allowance(start))
    moment, _counted = reached(used_up, deadline.pauses, definition)
    return min(moment, deadline.due)


def beyond(deadline: Deadline, extra: timedelta) -> datetime:
    """Return the moment `extra` after the due moment, in the deadline's own time."""
    if deadline.definition.unit is Unit.WORKING:
        return add_working(deadline.due, extra, deadline.definition.calendar)
    return deadline.due + extra


def holidays_unknown(years: Sequence[int]) -> tuple[str, ...]:
    """Return one warning for each year whose holidays are not announced yet."""
    return tuple(
        _("The holidays of %(year)d are not known yet; weekends only assumed.") % {"year": year} for year in years
    )
