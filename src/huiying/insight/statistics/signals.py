"""Signs that a customer may leave, each against their own habit. The same rules serve a night and a day gone by.

Strength is 0–1: 0 is no sign. Days are ordinals (`date.toordinal`).
"""

from __future__ import annotations

from dataclasses import dataclass, field

import numpy as np

from .buying import Buying, chance_alive
from .histories import Floats, Histories, Purchases, Whole, histories_of, usual_gaps
from .limits import Limits

MONTH = 30
MONTHS = 12
SHORTEST_USUAL = 14.0  # who orders every other day is not silent after three
GONE_AFTER = 365  # days beyond the usual: such a customer was lost long ago, which is no warning any more
FEWEST_GAPS = 3  # intervals, from which on a share of them says something
SCORES_COUNT_FOR = 365
FELL_BY = 15.0
COMPLAINTS_COUNT_FOR = 182
PLANS_COUNT_FOR = 90
FEWEST_ACTIVITIES = 2.0  # a month; below, there is no habit to fall from


def nothing() -> Whole:
    return np.zeros(0, dtype=np.int64)


@dataclass(frozen=True, kw_only=True)
class Events:
    """Things that happened: whose, on which day; `value` where they have one. Ordered by customer, then day."""

    customer: Whole = field(default_factory=nothing)
    day: Whole = field(default_factory=nothing)
    value: Floats = field(default_factory=lambda: np.zeros(0))

    def between(self, after: int, until: int) -> Events:
        flags = (self.day > after) & (self.day <= until)
        return Events(customer=self.customer[flags], day=self.day[flags], value=self.value[flags])


@dataclass(frozen=True, kw_only=True)
class Evidence:
    """Everything the signals are read from. A complaint's `value` is the day it ended, infinity while it is open;
    a score's its points on 100; an activity's how often (contacts, days of use)."""

    purchases: Purchases
    activities: Events = field(default_factory=Events)
    scores: Events = field(default_factory=Events)
    complaints: Events = field(default_factory=Events)
    plans: Events = field(default_factory=Events)


@dataclass(frozen=True, kw_only=True)
class Sign:
    """One signal of all `keys`: how strong it is, and the numbers its sentence names."""

    strength: Floats
    facts: dict[str, Floats]


def signs(evidence: Evidence, keys: Whole, *, day: int, limits: Limits, buying: Buying | None) -> dict[str, Sign]:
    """Return every signal of the customers `keys` (ascending) as of the end of a day."""
    return {
        "silence": silence(evidence.purchases.until(day), keys, day=day, limits=limits, buying=buying),
        "activity": activity(evidence, keys, day=day, limits=limits),
        "scores": scores(evidence.scores.between(day - SCORES_COUNT_FOR, day), keys, limits=limits),
        "complaints": complaints(evidence.complaints, keys, day=day, limits=limits),
        "plans": plans(evidence.plans.between(day - PLANS_COUNT_FOR, day), keys, limits=limits),
    }


def risk_of(found: dict[str, Sign], weights: dict[str, int]) -> Whole:
    """Return the risk, 0–100: the sum of weight times strength, capped."""
    whole = sum((weights.get(name, 0) * sign.strength for name, sign in found.items()), start=np.zeros(1))
    risk: Whole = np.minimum(np.round(whole), 100).astype(np.int64)
    return risk


def silence(known: Purchases, keys: Whole, *, day: int, limits: Limits, buying: Buying | None) -> Sign:
    """No order for longer than `usual_share` of their own intervals; with fewer than three, a small chance to live.

    Half strength at the limit, full at twice the limit. Who is silent for a year beyond is no longer about to leave.
    """
    history = histories_of(known, as_of=day)
    place, has = placed(history.customer, keys)
    median, longest = usual_gaps(known, keys, share=limits.usual_share)
    silent = spread(day - history.last.astype(np.float64), place, has)
    repeats = spread(history.repeats.astype(np.float64), place, has, missing=0.0)
    alive = spread(chances(buying, history), place, has)
    limit = np.maximum(longest, SHORTEST_USUAL)
    with np.errstate(invalid="ignore"):
        by_habit = np.where((repeats >= FEWEST_GAPS) & (silent > limit), 0.5 + 0.5 * (silent - limit) / limit, 0.0)
        few = (repeats >= 1) & (repeats < FEWEST_GAPS) & (silent > limit) & (alive < limits.alive_below)
        by_chance = np.where(few, 1 - 0.5 * alive / max(limits.alive_below, 1e-9), 0.0)
        gone = silent > limit + GONE_AFTER
    strength = np.where(gone, 0.0, np.clip(np.nan_to_num(np.maximum(by_habit, by_chance)), 0, 1))
    return Sign(strength=strength, facts={"days": silent, "usual": median, "longest": longest, "alive": alive})


def chances(buying: Buying | None, history: Histories) -> Floats:
    return chance_alive(buying, history) if buying is not None else np.ones(len(history))


def activity(evidence: Evidence, keys: Whole, *, day: int, limits: Limits) -> Sign:
    """Contacts, orders and days of use of the last 30 days, against the median of the twelve such months before."""
    counts = np.zeros((len(keys), MONTHS + 1))
    bought = evidence.purchases
    for source, times in (
        (Events(customer=bought.customer, day=bought.day, value=np.ones(len(bought.day))), 1.0),
        (evidence.activities, 1.0),
    ):
        lately = source.between(day - MONTH * (MONTHS + 1), day)
        place, has = placed(keys, lately.customer)
        month = (day - lately.day) // MONTH
        np.add.at(counts, (place[has], month[has]), lately.value[has] * times)
    now, usual = counts[:, 0], np.median(counts[:, 1:], axis=1) if len(keys) else np.zeros(0)
    share = np.divide(now, usual, out=np.ones(len(keys)), where=usual > 0)
    falls = (usual >= FEWEST_ACTIVITIES) & (share < limits.activity_below)
    strength = np.where(falls, 1 - 0.5 * share / limits.activity_below, 0.0)
    return Sign(strength=strength, facts={"now": now, "usual": usual})


def scores(lately: Events, keys: Whole, *, limits: Limits) -> Sign:
    """The last score is low, or lies far below the customer's own earlier ones."""
    start, end = np.searchsorted(lately.customer, keys, "left"), np.searchsorted(lately.customer, keys, "right")
    count, has = end - start, end > start
    last, before = np.full(len(keys), np.nan), np.full(len(keys), np.nan)
    last[has] = lately.value[end[has] - 1]
    running = np.concatenate([[0.0], np.cumsum(lately.value)])
    more = count > 1
    before[more] = (running[end[more] - 1] - running[start[more]]) / (count[more] - 1)
    with np.errstate(invalid="ignore"):
        low = np.where(last < limits.score_below, 0.5 + 0.5 * (limits.score_below - last) / limits.score_below, 0.0)
        fell = np.where(before - last >= FELL_BY, 0.5, 0.0)
        both = np.where((low > 0) & (fell > 0), 0.2, 0.0)
    strength = np.clip(np.nan_to_num(np.maximum(low, fell) + both), 0, 1)
    return Sign(strength=strength, facts={"last": last, "before": before})


def complaints(known: Events, keys: Whole, *, day: int, limits: Limits) -> Sign:
    """Open complaints, and repeated ones within half a year."""
    came = known.between(day - COMPLAINTS_COUNT_FOR, day)
    open_now = known.between(-1, day)
    still = open_now.value > day
    lately = counted(came.customer, keys)
    unsettled = counted(open_now.customer[still], keys)
    strength = 0.6 * (unsettled > 0) + 0.2 * np.maximum(unsettled - 1, 0)
    strength += np.where(lately >= limits.complaints_from, 0.4 + 0.1 * (lately - limits.complaints_from), 0.0)
    return Sign(strength=np.clip(strength, 0, 1), facts={"open": unsettled, "lately": lately})


def plans(missed: Events, keys: Whole, *, limits: Limits) -> Sign:
    """Planned contacts that we missed in the last quarter."""
    lately = counted(missed.customer, keys)
    over = lately >= limits.plans_from
    strength = np.where(over, 0.5 + 0.25 * (lately - limits.plans_from), 0.0)
    return Sign(strength=np.clip(strength, 0, 1), facts={"missed": lately})


def counted(customers: Whole, keys: Whole) -> Floats:
    place, has = placed(keys, customers)
    return np.bincount(place[has], minlength=len(keys)).astype(np.float64)


def placed(among: Whole, wanted: Whole) -> tuple[Whole, np.ndarray]:
    """Return where each of `wanted` stands in the ascending keys `among`, and whether it stands there at all."""
    if not len(among):
        return np.zeros(len(wanted), dtype=np.int64), np.zeros(len(wanted), dtype=np.bool_)
    place = np.minimum(np.searchsorted(among, wanted), len(among) - 1)
    return place, among[place] == wanted


def spread(values: Floats, place: Whole, has: np.ndarray, *, missing: float = np.nan) -> Floats:
    found = np.full(len(place), missing)
    found[has] = values[place[has]]
    return found
