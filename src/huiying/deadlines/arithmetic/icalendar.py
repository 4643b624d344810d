"""Holidays from an iCalendar (.ics) file: whole-day events named 休 (off) or 班 (make-up workday)."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date, datetime, timedelta

from django.utils.translation import gettext as _

from huiying.deadlines.arithmetic.calendar import DayException
from huiying.deadlines.arithmetic.state_council import Announcement, years_of
from huiying.kit.guards import BadInput

WORK_WORDS = re.compile(r"班|补班|调休上班|\bwork(ing)?\s*day\b", re.IGNORECASE)
LONGEST_EVENT = 60


def read_icalendar(text: str) -> Announcement:
    """Return the days off and make-up workdays of an .ics file. Raises BadInput."""
    if "BEGIN:VCALENDAR" not in text:
        raise BadInput(_("This is no iCalendar file."), field="file")
    days: dict[date, DayException] = {}
    for event in events(text):
        days |= _days_of(event)
    if not days:
        raise BadInput(_("This holiday file names no days."), field="file")
    return Announcement(days, years_of(days))


def events(text: str) -> Iterator[dict[str, str]]:
    """Yield each event as property → value; parameters are dropped, folded lines joined (RFC 5545, 3.1)."""
    event: dict[str, str] = {}
    for line in re.sub(r"\r?\n[ \t]", "", text).splitlines():
        name, _colon, value = line.partition(":")
        if line.strip() == "BEGIN:VEVENT":
            event = {}
        elif line.strip() == "END:VEVENT":
            yield event
        else:
            event[name.split(";")[0].upper()] = value.strip()


def _days_of(event: dict[str, str]) -> dict[date, DayException]:
    name = event.get("SUMMARY", "")
    first = _day(event.get("DTSTART", ""))
    after = _day(event["DTEND"]) if event.get("DTEND") else first + timedelta(days=1)
    length = max((after - first).days, 1)
    if length > LONGEST_EVENT:
        raise BadInput(_("The event “%(name)s” is too long for a holiday.") % {"name": name}, field="file")
    exception = DayException(working=bool(WORK_WORDS.search(name)), name=name)
    return {first + timedelta(days=number): exception for number in range(length)}


def _day(text: str) -> date:
    try:
        return datetime.strptime(text[:8], "%Y%m%d").date()  # noqa: DTZ007 — a day has no zone
    except ValueError:
        raise BadInput(_("“%(text)s” is no day in the iCalendar file.") % {"text": text}, field="file") from None
