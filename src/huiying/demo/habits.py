"""When organisations order: every few weeks, in a season, or ever less, so that value and churn can be read from it."""

from __future__ import annotations

from random import Random

YEARS = 3 * 365
EVERY = (24, 30, 42, 60)
SEASON = 365


def days_ago(random: Random) -> list[int]:
    """Return how many days ago somebody ordered, by a habit drawn for them: regular, seasonal or lapsed."""
    habit = random.choices((regular, seasonal, lapsed), weights=(5, 2, 3))[0]
    return sorted({day for day in habit(random) if day >= 2})


def regular(random: Random) -> list[int]:
    step = random.choice(EVERY)
    return waves(random, step, begin=random.randint(2, step))


def seasonal(random: Random) -> list[int]:
    """Two or three orders around the same weeks of each year."""
    week = random.randint(20, SEASON)
    years = range(week, YEARS, SEASON)
    return [day + random.randint(-15, 15) + 20 * again for day in years for again in range(random.randint(2, 3))]


def lapsed(random: Random) -> list[int]:
    """Regular once, silent for two to four times as long by now."""
    step = random.choice(EVERY)
    return waves(random, step, begin=round(step * random.uniform(2.2, 4)))


def waves(random: Random, step: int, *, begin: int) -> list[int]:
    days, day = [], begin
    until = random.randint(400, YEARS)
    while day < until:
        days.append(day)
        day += max(round(random.gauss(step, step / 6)), 3)
    return days
