"""Why this deadline? The definition, each day as it was counted, what stood still, and the sum (contract 13)."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from enum import StrEnum

from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from huiying.deadlines.arithmetic.calendar import WorkingCalendar
from huiying.deadlines.arithmetic.counting import working_between
from huiying.deadlines.arithmetic.deadline import NOTHING, Deadline, Definition, Span, between
from huiying.deadlines.arithmetic.hours import say_opening
from huiying.deadlines.arithmetic.units import Unit, say_time

ONE_DAY = timedelta(days=1)
A_MINUTE = timedelta(minutes=1)
MOST_LINES = 400


class LineKind(StrEnum):
    DEFINITION = "definition"
    START = "start"
    DAY = "day"
    CLOSED = "closed"
    PAUSE = "pause"
    DUE = "due"
    WARNING = "warning"


@dataclass(frozen=True, slots=True)
class Line:
    """One line of the reckoning: what kind, its sentence, and for a day how much it counted and the sum so far."""

    kind: LineKind
    text: str
    counted: timedelta = NOTHING
    total: timedelta = NOTHING

    @property
    def counted_said(self) -> str:
        """Say what was counted so that the minutes of all lines add up to the sum."""
        if not self.total:
            return say_time(self.counted)
        return say_time(whole_minutes(self.total) - whole_minutes(self.total - self.counted))

    @property
    def total_said(self) -> str:
        return say_time(self.total)


def whole_minutes(time: timedelta) -> timedelta:
    return time if abs(time) < A_MINUTE else time - time % A_MINUTE


def explain(deadline: Deadline) -> tuple[Line, ...]:
    """Return the whole reckoning of a deadline, line by line."""
    definition = deadline.definition
    return (
        Line(LineKind.DEFINITION, say_definition(definition)),
        Line(LineKind.START, _("Starts %(moment)s.") % {"moment": say_moment(deadline.start)}),
        *_middle(deadline),
        *(pause_line(pause, definition) for pause in deadline.pauses),
        Line(LineKind.DUE, _("Due %(moment)s.") % {"moment": say_moment(deadline.due)}),
        *(Line(LineKind.WARNING, warning) for warning in deadline.warnings),
    )


def say_definition(definition: Definition) -> str:
    length = definition.length
    if definition.unit is Unit.STATUTORY:
        return _("%(length)s by the calendar; the start day is not counted.") % {"length": length}
    if definition.unit is Unit.ELAPSED:
        return _("%(length)s by the clock on the wall.") % {"length": length}
    words = {"length": length, "calendar": definition.calendar.name}
    if length.days:
        return ngettext(
            "%(n)d working day by the calendar “%(calendar)s”; the start day is not counted.",
            "%(n)d working days by the calendar “%(calendar)s”; the start day is not counted.",
            length.days,
        ) % (words | {"n": length.days})
    return _("%(length)s of working time by the calendar “%(calendar)s”.") % words


def pause_line(pause: Span, definition: Definition) -> Line:
    lost = between(pause.start, pause.end, unit=definition.unit, calendar=definition.calendar)
    calendar = definition.calendar
    words = {"from": say_moment(calendar.local(pause.start)), "until": say_moment(calendar.local(pause.end))}
    return Line(LineKind.PAUSE, _("Stood still from %(from)s to %(until)s.") % words, counted=-lost)


def _middle(deadline: Deadline) -> Iterator[Line]:
    definition = deadline.definition
    if definition.unit is Unit.WORKING:
        yield from working_days(deadline.start, deadline.due, definition.calendar)
    if definition.unit is Unit.STATUTORY:
        yield from _rolled(deadline)


def working_days(start: datetime, end: datetime, calendar: WorkingCalendar) -> Iterator[Line]:
    """Yield a line for each working day from `start` to `end`, days off in a row as one; long ones are cut short."""
    total, closed_from = NOTHING, None
    for number, day in enumerate(days(calendar.local(start).date(), calendar.local(end).date())):
        if number >= MOST_LINES:
            yield Line(LineKind.CLOSED, _("… and so on until %(day)s.") % {"day": say_day(end.date())})
            return
        if not calendar.is_working_day(day):
            closed_from = closed_from or day
            continue
        if closed_from:
            yield closed_line(closed_from, day - ONE_DAY, calendar)
            closed_from = None
        counted = _counted_on(day, start, end, calendar)
        total += counted
        yield Line(LineKind.DAY, open_day(day, calendar), counted, total)
    if closed_from:
        yield closed_line(closed_from, calendar.local(end).date(), calendar)


def days(first: date, last: date) -> Iterator[date]:
    return (first + number * ONE_DAY for number in range((last - first).days + 1))


def _counted_on(day: date, start: datetime, end: datetime, calendar: WorkingCalendar) -> timedelta:
    midnight, next_midnight = calendar.at(day, 0), calendar.at(day, 24 * 60)
    return working_between(max(start, midnight), min(end, next_midnight), calendar)


def open_day(day: date, calendar: WorkingCalendar) -> str:
    words = {"day": say_day(day), "hours": say_opening(calendar.opening_on(day))}
    exception = calendar.exceptions.get(day)
    if exception is None:
        return _("%(day)s, open %(hours)s") % words
    return _("%(day)s, open %(hours)s (make-up workday, %(name)s)") % (words | {"name": exception.name})


def closed_line(first: date, last: date, calendar: WorkingCalendar) -> Line:
    """Return the line for days off in a row, naming their holidays."""
    named = (calendar.exceptions.get(day) for day in days(first, last))
    names = ", ".join(dict.fromkeys(exception.name for exception in named if exception and exception.name))
    span = say_day(first) if first == last else f"{say_day(first)} – {say_day(last)}"
    return Line(LineKind.CLOSED, _("%(days)s, closed (%(why)s)") % {"days": span, "why": names or _("days off")})


def _rolled(deadline: Deadline) -> Iterator[Line]:
    lost = sum((-pause_line(pause, deadline.definition).counted for pause in deadline.pauses), NOTHING)
    last = deadline.start.date() + deadline.definition.length.time + lost
    if deadline.definition.calendar.is_working_day(last):
        last = deadline.due.date()  # it stood still beyond that day
    yield Line(LineKind.DAY, _("The last day is %(day)s.") % {"day": say_day(last)})
    if last < deadline.due.date():
        yield closed_line(last, deadline.due.date() - ONE_DAY, deadline.definition.calendar)
        words = {"day": say_day(deadline.due.date())}
        yield Line(LineKind.DAY, _("It moves to the next working day, %(day)s.") % words)


def say_day(day: date) -> str:
    return f"{day.isoformat()} {date_format(day, 'D')}"


def say_moment(moment: datetime) -> str:
    return f"{say_day(moment.date())} {moment:%H:%M}"
