"""What is due again by a customer's own rhythm.

The rules: a product bought on `orders` days or more has a rhythm when the gaps between them lie close together (their
median distance from the median gap is at most half of it). It is due one such gap after the last order; it is found
from `ahead` days before. After three gaps without an order it is no longer due: the customer has stopped.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime, timedelta
from itertools import pairwise
from statistics import median

from .findings import Finding, Numbers, Rule

STOPPED_AFTER = 3
LOOSEST = 0.5


def due_again(orders: Iterable[tuple[str, date]], *, numbers: Numbers, at: datetime, today: date) -> list[Finding]:
    """Return what one customer is due to buy, from (product, day) of their orders."""
    by_product: dict[str, set[date]] = {}
    for product, day in orders:
        by_product.setdefault(product, set()).add(day)
    found = []
    for product in sorted(by_product):
        days = sorted(by_product[product])
        gap = rhythm(days, fewest=numbers.orders)
        if gap is None or not is_due(days[-1], gap, ahead=numbers.ahead, today=today):
            continue
        last, due = days[-1], days[-1] + timedelta(days=round(gap))
        figures = {"times": len(days), "gap": round(gap), "last": last.isoformat(), "due": due.isoformat()}
        ref = f"order:{last}:{product}"[:80]
        found.append(Finding(rule=Rule.DUE, product=product, ref=ref, at=at, cycle=last.isoformat(), figures=figures))
    return found


def rhythm(days: list[date], *, fewest: int) -> float | None:
    """Return the usual gap in days, or None where there is no rhythm."""
    if len(days) < fewest:
        return None
    gaps = [(later - earlier).days for earlier, later in pairwise(days)]
    usual = median(gaps)
    strays = median(abs(gap - usual) for gap in gaps)
    return float(usual) if strays <= usual * LOOSEST else None


def is_due(last: date, gap: float, *, ahead: int, today: date) -> bool:
    since = (today - last).days
    return gap - min(ahead, gap / 2) <= since < gap * STOPPED_AFTER
