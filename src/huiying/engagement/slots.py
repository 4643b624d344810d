"""Which contacts a policy asks for, and on which day each falls: pure arithmetic, no models (SPEC B1).

A period is a calendar month or quarter. A policy that asks for n contacts a period parts it into n stretches as equal
in days as can be; each stretch is the window of one slot, named like "2026-03/1" or "2026Q1/2".
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from calendar import monthrange
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from itertools import pairwise
from math import ceil

MONTH, QUARTER = "month", "quarter"
HIGHEST = 1.5  # a day holds at most this many times the mean of an owner's days, in whole contacts


@dataclass(frozen=True, order=True, slots=True)
class Slot:
    """One contact that is asked for, within its window; both days included."""

    begins: date
    ends: date
    key: str

    def holds(self, day: date) -> bool:
        return self.begins <= day <= self.ends


@dataclass(frozen=True, order=True, slots=True)
class Period:
    begins: date
    ends: date
    key: str


def period_of(day: date, length: str) -> Period:
    """Return the month or quarter that the day lies in."""
    if length == MONTH:
        return Period(day.replace(day=1), day.replace(day=monthrange(day.year, day.month)[1]), f"{day:%Y-%m}")
    quarter = (day.month - 1) // 3
    last = 3 * quarter + 3
    ends = date(day.year, last, monthrange(day.year, last)[1])
    return Period(date(day.year, last - 2, 1), ends, f"{day.year}Q{quarter + 1}")


def period_after(period: Period, length: str) -> Period:
    return period_of(period.ends + timedelta(days=1), length)


def slots_of(period: Period, times: int) -> Iterator[Slot]:
    """Yield the windows of a period, the earliest first."""
    days = (period.ends - period.begins).days + 1
    edges = [period.begins + timedelta(days=days * part // times) for part in range(times + 1)]
    for number, (begins, beyond) in enumerate(pairwise(edges), start=1):
        yield Slot(begins, beyond - timedelta(days=1), f"{period.key}/{number}")


def wanted_slots(length: str, times: int, *, today: date) -> list[Slot]:
    """Return the slots of this period and the next whose window is not over; those are planned ahead."""
    now = period_of(today, length)
    slots = [slot for period in (now, period_after(now, length)) for slot in slots_of(period, times)]
    return [slot for slot in slots if slot.ends >= today]


def planned_until(length: str, *, today: date) -> date:
    """Return the last day of what is planned ahead today."""
    return period_after(period_of(today, length), length).ends


@dataclass
class Agenda:
    """The working days of one owner and what stands on each of them; places further contacts evenly."""

    days: Sequence[date]  # on which the owner works, ascending
    load: Counter[date] = field(default_factory=Counter)
    level: int = 1  # what a day may hold before another is looked for
    order: dict[date, int] = field(init=False, repr=False)

    def __post_init__(self) -> None:
        self.order = {day: scattered(place) for place, day in enumerate(self.days)}

    def expect(self, more: int) -> None:
        """Reckon with further contacts: the mean of all days, rounded up, is the level."""
        held = sum(self.load[day] for day in self.days)
        self.level = max(1, ceil((held + more) / max(len(self.days), 1)))

    def within(self, begins: date, ends: date) -> Sequence[date]:
        return self.days[bisect_left(self.days, begins) : bisect_right(self.days, ends)]

    def place(self, begins: date, ends: date, *, after: date | None = None, wish: date | None = None) -> date | None:
        """Return the day a contact falls on and count it; None where the owner works on no day of the window.

        The day wished for is taken while it is not full; else the least loaded day, those after `after` first.
        """
        days = self.within(begins, ends)
        if not days:
            return None
        later = self.within(max(begins, after), ends) if after else ()
        fits = [day for day in later if self.load[day] < self.level]
        if wish is not None and wish in self.order and begins <= wish <= ends and self.load[wish] < self.level:
            chosen = wish
        else:
            chosen = min(fits or days, key=lambda day: (self.load[day], self.order[day]))
        self.load[chosen] += 1
        return chosen


def scattered(place: int) -> int:
    """Return where a day comes in turn: bits reversed, so that few contacts fall far apart and not all at the front."""
    return int(f"{place:08b}"[::-1], 2)


def working_days(begins: date, ends: date, *, works: Callable[[date], bool]) -> list[date]:
    return [day for ahead in range((ends - begins).days + 1) if works(day := begins + timedelta(days=ahead))]


def after_last(last: date | None, slot: Slot) -> date | None:
    """Return until when the customer is best left in peace: a third of the window after the last contact."""
    return last + timedelta(days=(slot.ends - slot.begins).days // 3) if last else None
