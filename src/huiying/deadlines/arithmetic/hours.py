"""Reading times and opening hours as people type them."""

from __future__ import annotations

import re
from collections.abc import Iterable
from datetime import date, datetime

from django.utils.translation import gettext as _

from huiying.deadlines.arithmetic.calendar import Hours, Opening, Week, WorkingCalendar
from huiying.deadlines.arithmetic.deadline import Span
from huiying.kit.guards import BadInput

RANGE = re.compile(r"(\d{1,2}):(\d{2})\s*[-–—~]\s*(\d{1,2}):(\d{2})", re.ASCII)


def parse_hours(text: str) -> Opening:
    """Return the opening that `09:00-12:00,13:30-18:00` says. Raises BadInput."""
    hours = []
    for part in re.split(r"[,，、;；+]", text):
        match = RANGE.fullmatch(part.strip())
        if not match or int(match[2]) > 59 or int(match[4]) > 59:
            raise BadInput(
                _("“%(text)s” are no working hours; write for example 09:00-12:00,13:30-18:00.") % {"text": text},
                field="hours",
            )
        hours.append(Hours(int(match[1]) * 60 + int(match[2]), int(match[3]) * 60 + int(match[4])))
    return opening(hours)


def opening(hours: Iterable[Hours]) -> Opening:
    """Return the hours in order; ranges that overlap are refused, ranges that touch become one."""
    result: list[Hours] = []
    for each in sorted(hours):
        if result and each.opens < result[-1].closes:
            raise BadInput(
                _("The working hours %(first)s and %(second)s overlap.") % {"first": result[-1], "second": each},
                field="hours",
            )
        if result and each.opens == result[-1].closes:
            result[-1] = Hours(result[-1].opens, each.closes)
        else:
            result.append(each)
    return tuple(result)


def office_week(hours: Opening) -> Week:
    """Return a week that works these hours from Monday to Friday."""
    return (hours, hours, hours, hours, hours, (), ())


def say_opening(hours: Opening) -> str:
    return ", ".join(str(each) for each in hours)


def parse_moment(text: str, calendar: WorkingCalendar, *, field: str) -> datetime:
    """Return the ISO moment `text`; without a zone it is local to the calendar. Raises BadInput."""
    try:
        moment = datetime.fromisoformat(text.strip())
    except ValueError:
        raise BadInput(
            _("“%(text)s” is no moment; write for example 2026-02-14T09:00.") % {"text": text}, field=field
        ) from None
    if moment.year < 1970 or moment.year > 2900:
        raise BadInput(_("The year %(year)d is out of range.") % {"year": moment.year}, field=field)
    if moment.tzinfo is None:
        return moment.replace(tzinfo=calendar.tz)
    return calendar.local(moment)


def parse_pause(text: str, calendar: WorkingCalendar) -> Span:
    """Return the pause `FROM/UNTIL`. Raises BadInput."""
    start, slash, end = text.partition("/")
    if not slash:
        raise BadInput(
            _("“%(text)s” is no pause; write for example 2026-02-14T10:00/2026-02-14T11:30.") % {"text": text},
            field="pause",
        )
    return Span(parse_moment(start, calendar, field="pause"), parse_moment(end, calendar, field="pause"))


def parse_day(text: str, *, field: str = "date") -> date:
    """Return the ISO day `text`. Raises BadInput."""
    try:
        return date.fromisoformat(text.strip())
    except ValueError:
        raise BadInput(_("“%(text)s” is no day; write for example 2026-02-14.") % {"text": text}, field=field) from None
