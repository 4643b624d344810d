"""When things happen: customers at all hours, the company in its working hours."""

from __future__ import annotations

from datetime import datetime, timedelta
from random import Random

from huiying.deadlines.arithmetic.counting import add_working
from huiying.deadlines.calendars import calendar_named

MOMENT = timedelta(seconds=1)
# How many customers write in each hour of the day, midnight first.
BY_HOUR = (1, 0, 0, 0, 0, 0, 1, 3, 9, 14, 14, 11, 6, 8, 11, 11, 10, 9, 6, 6, 7, 6, 4, 2)
WEEKEND = 0.45


def working_later(moment: datetime, minutes: float) -> datetime:
    """Return the moment after so many minutes of working time; at night and on holidays nobody works."""
    return add_working(moment, timedelta(minutes=minutes) + MOMENT, calendar_named())


def arrivals(count: int, random: Random, *, begin: datetime, until: datetime) -> list[datetime]:
    """Return when customers write, oldest first: more of them lately, by day of the week and hour."""
    days = [begin + timedelta(days=number) for number in range((until - begin).days + 1)]
    weights = [(0.75 + number / len(days) / 2) * weight_of(day) for number, day in enumerate(days)]
    moments: list[datetime] = []
    while len(moments) < count:
        day = random.choices(days, weights=weights)[0]
        hour = random.choices(range(24), weights=BY_HOUR)[0]
        moment = day.replace(hour=hour, minute=random.randrange(60), second=random.randrange(60), microsecond=0)
        if begin <= moment < until:
            moments.append(moment)
    return sorted(moments)


def weight_of(day: datetime) -> float:
    return 1 if calendar_named().is_working_day(day.date()) else WEEKEND


def just_now(count: int, random: Random, *, until: datetime) -> list[datetime]:
    """Return the moments of the last hours, so that something is new whenever one looks."""
    return sorted(until - timedelta(minutes=random.triangular(2, 240, 20)) for _number in range(count))
