"""The holidays and make-up workdays the State Council announces for mainland China, and the calendar we ship."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from functools import cache

from chinese_calendar import constants
from django.utils.translation import gettext as _

from huiying.deadlines.arithmetic.calendar import DayException, Opening, WeeklyHours, WorkingCalendar
from huiying.deadlines.arithmetic.hours import office_week, parse_day, parse_hours
from huiying.kit.guards import BadInput

SHIPPED = "cn"
OFFICE_HOURS = "09:00-12:00,13:30-18:00"
FESTIVALS = {
    "New Year's Day": "元旦",
    "Spring Festival": "春节",
    "Tomb-sweeping Day": "清明节",
    "Labour Day": "劳动节",
    "Dragon Boat Festival": "端午节",
    "National Day": "国庆节",
    "Mid-autumn Festival": "中秋节",
    "Anti-Fascist 70th Day": "抗战胜利纪念日",
}


@dataclass(frozen=True, slots=True)
class Announcement:
    """Dated exceptions and the years they speak for."""

    days: Mapping[date, DayException]
    years: frozenset[int]


@cache
def announced() -> Announcement:
    """Return every day off and make-up workday that the `chinesecalendar` package knows."""
    off = {day: DayException(working=False, name=named(name)) for day, name in constants.holidays.items()}
    work = {day: DayException(working=True, name=named(name)) for day, name in constants.workdays.items()}
    return Announcement(off | work, frozenset(day.year for day in off))


def named(festival: str) -> str:
    return FESTIVALS.get(festival, festival)


@cache
def shipped_calendar() -> WorkingCalendar:
    """Return the calendar of an installation that has not set its own: office hours, mainland China."""
    return calendar_with_hours(parse_hours(OFFICE_HOURS))


@cache
def calendar_with_hours(hours: Opening) -> WorkingCalendar:
    """Return a mainland Chinese calendar that works these hours from Monday to Friday and on make-up days."""
    known = announced()
    return WorkingCalendar(
        name=SHIPPED, weeks=(WeeklyHours(office_week(hours)),), exceptions=known.days, known_years=known.years
    )


def read_holiday_json(text: str) -> Announcement:
    """Return what a holiday-cn file says: `days` as a list with `date`, or by date; `isOffDay` or `off`.

    Raises BadInput and takes nothing when any day cannot be read.
    """
    try:
        days = json.loads(text)["days"]
    except (ValueError, KeyError, TypeError):
        raise BadInput(_("This is no holiday file: it must be JSON with “days”."), field="file") from None
    listed = _by_date(days)
    exceptions = dict(_read_day(day, facts) for day, facts in listed)
    if not exceptions:
        raise BadInput(_("This holiday file names no days."), field="file")
    return Announcement(exceptions, years_of(exceptions))


def years_of(days: Mapping[date, DayException]) -> frozenset[int]:
    """Return the years that `days` announces: those with days off in more than one month.

    A notice for one year may name the last days of the year before; these do not make it known.
    """
    months = {(day.year, day.month) for day, exception in days.items() if not exception.working}
    years = [year for year, _month in months]
    return frozenset(year for year in years if years.count(year) > 1)


def _by_date(days: object) -> list[tuple[str, object]]:
    if isinstance(days, dict):
        return list(days.items())
    if isinstance(days, list):
        return [(str(day.get("date", "")) if isinstance(day, dict) else "", day) for day in days]
    raise BadInput(_("This is no holiday file: it must be JSON with “days”."), field="file")


def _read_day(text: str, facts: object) -> tuple[date, DayException]:
    day = parse_day(text, field="file")
    off = facts.get("isOffDay", facts.get("off")) if isinstance(facts, dict) else None
    if not isinstance(off, bool) or not isinstance(facts, dict):
        raise BadInput(_("The file does not say whether %(day)s is a day off.") % {"day": day}, field="file")
    return day, DayException(working=not off, name=str(facts.get("name", "")))
