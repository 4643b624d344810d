"""Questions anybody may put to the clock: when is this due, and how much time lies between two moments?"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from django.utils.translation import gettext as _

from huiying.deadlines.arithmetic.calendar import WeeklyHours, WorkingCalendar
from huiying.deadlines.arithmetic.deadline import (
    DAY,
    Deadline,
    Definition,
    Span,
    between,
    holidays_unknown,
    merged,
    reckon,
)
from huiying.deadlines.arithmetic.explanation import Line, explain, working_days
from huiying.deadlines.arithmetic.hours import parse_hours, parse_moment, parse_pause
from huiying.deadlines.arithmetic.units import Length, Unit, parse_length, parse_unit
from huiying.kit.guards import BadInput

PLAIN_KEYS = {"id", "start", "unit", "length", "until", "hours", "calendar"}


@dataclass(frozen=True, kw_only=True)
class Inquiry:
    """A start and either a length or an end, counted in a unit by a calendar."""

    calendar: WorkingCalendar
    start: datetime
    unit: Unit = Unit.WORKING
    length: Length | None = None
    until: datetime | None = None
    pauses: tuple[Span, ...] = ()


@dataclass(frozen=True, kw_only=True)
class DueMoment:
    """The answer to “when is it due?”."""

    deadline: Deadline

    @property
    def lines(self) -> tuple[Line, ...]:
        return explain(self.deadline)

    def as_json(self) -> dict[str, object]:
        deadline = self.deadline
        return {
            "start": deadline.start.isoformat(),
            "unit": deadline.definition.unit.value,
            "length": deadline.definition.length.code,
            "due_at": deadline.due.isoformat(),
            "unknown_years": list(deadline.unknown_years),
            "warnings": list(deadline.warnings),
        }


@dataclass(frozen=True, kw_only=True)
class TimeBetween:
    """The answer to “how much time lies between?”, pauses taken out."""

    inquiry: Inquiry
    end: datetime
    time: timedelta

    @property
    def unknown_years(self) -> tuple[int, ...]:
        if self.inquiry.unit is not Unit.WORKING:
            return ()
        return self.inquiry.calendar.unknown_years(self.inquiry.start, self.end)

    @property
    def lines(self) -> tuple[Line, ...]:
        if self.inquiry.unit is not Unit.WORKING:
            return ()
        return tuple(working_days(self.inquiry.start, self.end, self.inquiry.calendar))

    def as_json(self) -> dict[str, object]:
        counted: dict[str, object] = {"minutes": _whole(self.time / timedelta(minutes=1))}
        if self.inquiry.unit is Unit.STATUTORY:
            counted = {"days": self.time.days}
        return {
            "start": self.inquiry.start.isoformat(),
            "until": self.end.isoformat(),
            "unit": self.inquiry.unit.value,
            **counted,
            "unknown_years": list(self.unknown_years),
            "warnings": list(holidays_unknown(self.unknown_years)),
        }


def answer(inquiry: Inquiry) -> DueMoment | TimeBetween:
    """Reckon what was asked."""
    if inquiry.until is not None:
        return time_between(inquiry, inquiry.until)
    definition = Definition(inquiry.unit, inquiry.length or Length(), inquiry.calendar)
    return DueMoment(deadline=reckon(definition, inquiry.start, inquiry.pauses))


def time_between(inquiry: Inquiry, end: datetime) -> TimeBetween:
    if end < inquiry.start:
        raise BadInput(_("The end must not lie before the start."), field="until")
    time = between(inquiry.start, end, unit=inquiry.unit, calendar=inquiry.calendar)
    for pause in merged(inquiry.pauses, since=inquiry.start):
        time -= between(pause.start, min(pause.end, end), unit=inquiry.unit, calendar=inquiry.calendar)
    return TimeBetween(inquiry=inquiry, end=end, time=max(time, 0 * DAY))


def with_hours(calendar: WorkingCalendar, text: str) -> WorkingCalendar:
    """Return the calendar with these hours on each day it works, keeping its days off and make-up workdays."""
    hours = parse_hours(text)
    week = calendar.weeks[-1].week
    changed = tuple(hours if opening else () for opening in week)
    exceptions = {day: replace(exception, hours=()) for day, exception in calendar.exceptions.items()}
    weekly = WeeklyHours((changed[0], changed[1], changed[2], changed[3], changed[4], changed[5], changed[6]))
    return replace(calendar, weeks=(weekly,), exceptions=exceptions)


def read_inquiry(words: Mapping[str, object], calendar: WorkingCalendar) -> Inquiry:
    """Return the inquiry that `start`, `unit`, `length` or `until`, and `paused` put in words. Raises BadInput."""
    text = {key: str(words[key]) for key in PLAIN_KEYS if words.get(key) not in (None, "")}
    if "start" not in text:
        raise BadInput(_("Say when it starts, for example --start 2026-02-14T09:00."), field="start")
    if ("length" in text) == ("until" in text):
        raise BadInput(_("Give either a length or an end."), field="length")
    return Inquiry(
        calendar=calendar,
        start=parse_moment(text["start"], calendar, field="start"),
        unit=parse_unit(text.get("unit", Unit.WORKING.value)),
        length=parse_length(text["length"]) if "length" in text else None,
        until=parse_moment(text["until"], calendar, field="until") if "until" in text else None,
        pauses=tuple(_pauses(words.get("paused"), calendar)),
    )


def _pauses(written: object, calendar: WorkingCalendar) -> list[Span]:
    """Read pauses written as "FROM/UNTIL" or as pairs of moments."""
    if written is None:
        return []
    if not isinstance(written, list | tuple):
        raise BadInput(_("Pauses are written as a list."), field="pause")
    return [parse_pause(each if isinstance(each, str) else "/".join(_pair(each)), calendar) for each in written]


def _pair(each: object) -> tuple[str, str]:
    if isinstance(each, list | tuple) and len(each) == 2:
        return str(each[0]), str(each[1])
    raise BadInput(_("A pause is a pair of moments: from and until."), field="pause")


def _whole(number: float) -> float | int:
    return int(number) if number == int(number) else round(number, 3)
