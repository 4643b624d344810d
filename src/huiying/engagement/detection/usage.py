"""Signals in how often a customer uses a product.

The rules: the last thirty days are held against the thirty before. Where the greater of both has `fewest` uses, it
grew when it rose by `growth`, it falls when it sank by `fall`. It is near the limit when the last thirty days reach
`near` of it. Near the limit says more than growing, so only one of both is found.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date, datetime, timedelta

from .findings import Finding, Numbers, Rule

SPAN = timedelta(days=30)


def usage_signals(
    days: Iterable[tuple[str, date, int]], *, limits: Mapping[str, int], numbers: Numbers, at: datetime, today: date
) -> list[Finding]:
    """Return the signals in (product, day, times) of one customer."""
    lately: dict[str, int] = {}
    before: dict[str, int] = {}
    for product, day, times in days:
        if today - SPAN <= day < today:
            lately[product] = lately.get(product, 0) + times
        elif today - 2 * SPAN <= day < today - SPAN:
            before[product] = before.get(product, 0) + times
    found = []
    for product in sorted(lately.keys() | before.keys()):
        now, then, limit = lately.get(product, 0), before.get(product, 0), limits.get(product, 0)
        rule = signal(now, then, limit, numbers)
        if rule is not None:
            figures = {"now": now, "before": then, "limit": limit}
            ref = f"usage:{today:%Y-%m}:{product}"[:80]
            found.append(Finding(rule=rule, product=product, ref=ref, at=at, figures=figures))
    return found


def signal(now: int, before: int, limit: int, numbers: Numbers) -> Rule | None:
    if limit and now >= limit * numbers.near:
        return Rule.LIMIT
    if max(now, before) < numbers.fewest or not before:
        return None
    if now >= before * (1 + numbers.growth):
        return Rule.GROWING
    return Rule.FALLING if now <= before * (1 - numbers.fall) else None
