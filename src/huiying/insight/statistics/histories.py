"""Orders as arrays, and what the models need of them: how often, how lately, how long observed, how much."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TypeAlias

import numpy as np
from numpy.typing import NDArray

Floats: TypeAlias = NDArray[np.float64]
Whole: TypeAlias = NDArray[np.int64]
Flags: TypeAlias = NDArray[np.bool_]

DAYS_A_WEEK = 7.0


@dataclass(frozen=True, kw_only=True)
class Purchases:
    """Days with orders, ordered by customer, then day; each pair once. Arrays of one length, n.

    `customer` any whole numbers; `day` proleptic ordinals (`date.toordinal`); `amount` the money of that day.
    """

    customer: Whole
    day: Whole
    amount: Floats

    def until(self, day: int) -> Purchases:
        """Return what was known at the end of a day."""
        return self.chosen(self.day <= day)

    def after(self, day: int, *, until: int) -> Purchases:
        """Return what came after a day, up to and including another."""
        return self.chosen((self.day > day) & (self.day <= until))

    def chosen(self, flags: Flags) -> Purchases:
        return Purchases(customer=self.customer[flags], day=self.day[flags], amount=self.amount[flags])


@dataclass(frozen=True, kw_only=True)
class Histories:
    """What is known of each buyer at the end of `as_of` (Fader, Hardie, Lee 2005), arrays of one length, ascending key.

    `customer` the key; `repeats` (x) days with an order after the first; `recency` (t_x) weeks from the first to the
    last; `age` (T) weeks from the first to `as_of`; `average` the mean money of a repeat day, 0 where there is none;
    `first` and `last` days as ordinals; `total` all money.
    """

    customer: Whole
    repeats: Whole
    recency: Floats
    age: Floats
    average: Floats
    first: Whole
    last: Whole
    total: Floats

    def __len__(self) -> int:
        return len(self.customer)

    @property
    def are_repeated(self) -> Flags:
        return self.repeats > 0

    def chosen(self, flags: Flags) -> Histories:
        return Histories(**{name: getattr(self, name)[flags] for name in self.__dataclass_fields__})


def histories_of(purchases: Purchases, *, as_of: int) -> Histories:
    """Return one history for each customer who bought until the ordinal day `as_of`."""
    known = purchases.until(as_of)
    keys, start, count = np.unique(known.customer, return_index=True, return_counts=True)
    if not len(keys):
        none, nothing = np.zeros(0, dtype=np.int64), np.zeros(0)
        whole = {"customer": none, "repeats": none, "first": none, "last": none}
        return Histories(**whole, recency=nothing, age=nothing, average=nothing, total=nothing)
    first, last = known.day[start], known.day[start + count - 1]
    total = np.add.reduceat(known.amount, start)
    repeats = count - 1
    later = total - known.amount[start]
    return Histories(
        customer=keys,
        repeats=repeats,
        recency=(last - first) / DAYS_A_WEEK,
        age=(as_of - first) / DAYS_A_WEEK,
        average=np.divide(later, repeats, out=np.zeros(len(keys)), where=repeats > 0),
        first=first,
        last=last,
        total=total,
    )


def sums_by_customer(purchases: Purchases, keys: Whole) -> tuple[Whole, Floats]:
    """Return for each of the ascending `keys` on how many days they ordered, and the money; 0 for who did not."""
    place = np.searchsorted(keys, purchases.customer)
    place = np.minimum(place, max(len(keys) - 1, 0))
    mine = keys[place] == purchases.customer if len(keys) else np.zeros(0, dtype=np.bool_)
    days = np.bincount(place[mine], minlength=len(keys)).astype(np.int64)
    return days, np.bincount(place[mine], weights=purchases.amount[mine], minlength=len(keys)).astype(np.float64)


def usual_gaps(purchases: Purchases, keys: Whole, *, share: float = 0.9) -> tuple[Floats, Floats]:
    """Return the median gap between a customer's order days and the gap that `share` of them do not exceed, in days.

    Nearest rank, so a gap that really occurred; nan for who has not ordered on two days.
    """
    gap = np.diff(purchases.day).astype(np.float64)
    own = purchases.customer[1:] == purchases.customer[:-1]
    whose, gap = purchases.customer[1:][own], gap[own]
    order = np.lexsort((gap, whose))
    whose, gap = whose[order], gap[order]
    start, end = np.searchsorted(whose, keys, side="left"), np.searchsorted(whose, keys, side="right")
    return ranked(gap, start, end, 0.5), ranked(gap, start, end, share)


def ranked(sorted_values: Floats, start: Whole, end: Whole, share: float) -> Floats:
    count = end - start
    place = start + np.maximum(np.ceil(count * share).astype(np.int64) - 1, 0)
    found = np.full(len(start), np.nan)
    has = count > 0
    found[has] = sorted_values[place[has]]
    return found
