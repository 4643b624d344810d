"""Adding and measuring time: working time by a calendar, elapsed time by the wall clock, statutory days by date."""

from __future__ import annotations

from bisect import bisect_right
from datetime import date, datetime, timedelta

from huiying.deadlines.arithmetic.calendar import DAY_MINUTES, TICK, WorkingCalendar, moment_of, ticks

LAST_SECOND = timedelta(seconds=1)


def add_working(start: datetime, length: timedelta, calendar: WorkingCalendar) -> datetime:
    """Return the earliest moment at which `length` of open time has passed since `start`."""
    local = calendar.local(start)
    if not length:
        return local
    year = local.year
    target = calendar.year(year).used_by(ticks(start)) + length // TICK
    while target > (total := calendar.year(year).total):
        target -= total
        year += 1
    return moment_of(calendar.year(year).reached(target), calendar.tz)


def working_between(start: datetime, end: datetime, calendar: WorkingCalendar) -> timedelta:
    """Return the open time from `start` to `end`; nothing when `end` is not later."""
    if end <= start:
        return timedelta()
    first, last = calendar.local(start).year, calendar.local(end).year
    whole_years = sum(calendar.year(year).total for year in range(first, last))
    used = whole_years + calendar.year(last).used_by(ticks(end)) - calendar.year(first).used_by(ticks(start))
    return used * TICK


def add_working_days(start: datetime, days: int, calendar: WorkingCalendar) -> datetime:
    """Return the same point of the working day, `days` working days later.

    The start day is not counted. Work that arrives when the day is over, or on a day off, has whole days ahead
    of it and is due when the last one closes; work that arrives before opening is due at an opening.
    """
    local = calendar.local(start)
    if not days:
        return local
    due_day = nth_working_day(local.date(), days, calendar)
    return _same_point(local, due_day, calendar)


def nth_working_day(day: date, number: int, calendar: WorkingCalendar) -> date:
    """Return the `number`-th working day after `day`."""
    year, ordinal = day.year, day.toordinal()
    position = bisect_right(calendar.year(year).days, ordinal) + number - 1
    while position >= (working := len(calendar.year(year).days)):
        position -= working
        year += 1
    return date.fromordinal(calendar.year(year).days[position])


def _same_point(local: datetime, due_day: date, calendar: WorkingCalendar) -> datetime:
    opening, due_opening = calendar.opening_on(local.date()), calendar.opening_on(due_day)
    at_close = min(calendar.at(due_day, due_opening[-1].closes), end_of(due_day, calendar))  # 24:00 is that day
    minute = local.hour * 60 + local.minute
    if not opening or minute >= opening[-1].closes:
        return at_close
    if minute < opening[0].opens:
        return calendar.at(due_day, due_opening[0].opens)
    same_time = calendar.at(due_day, minute) + timedelta(seconds=local.second, microseconds=local.microsecond)
    ahead = [(opens, closes) for opens, closes in calendar.intervals_on(due_day) if same_time < closes]
    return max(same_time, ahead[0][0]) if ahead else at_close


def add_elapsed(start: datetime, length: timedelta, calendar: WorkingCalendar) -> datetime:
    """Return the moment `length` later by the wall clock, in the calendar's zone."""
    return calendar.local(start + length)


def statutory_due(start: datetime, days: int, calendar: WorkingCalendar) -> datetime:
    """Return the last second of the last day: the start day is not counted, a last day off rolls to the next
    working day (Civil Code of the PRC, articles 201–203).
    """
    last = calendar.local(start).date() + timedelta(days=days)
    if not calendar.is_working_day(last):
        last = nth_working_day(last, 1, calendar)
    return end_of(last, calendar)


def end_of(day: date, calendar: WorkingCalendar) -> datetime:
    return calendar.at(day, DAY_MINUTES) - LAST_SECOND


def days_between(start: datetime, end: datetime, calendar: WorkingCalendar) -> int:
    """Return how many midnights lie between: the days a statutory period counts."""
    return max((calendar.local(end).date() - calendar.local(start).date()).days, 0)
