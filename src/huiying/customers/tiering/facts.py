"""What rules ask of customers, read for many of them in few statements."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from django.db.models import QuerySet

from huiying.customers.models import Customer, Figures, Override, Ruling, Score
from huiying.customers.tiering.conditions import Fact, Facts
from huiying.customers.tiering.words import Origin
from huiying.kit.text import folded

FIGURES = ("amount_year", "amount_year_before", "lifetime_value", "value_percentile", "orders")
Tagging = Customer.tags.through


@dataclass(frozen=True, slots=True)
class Subject:
    """A customer on whom is decided: key, present tier, facts, and whether a tier set by hand stands."""

    pk: int
    tier: str
    facts: Facts
    is_held: bool


@dataclass(frozen=True)
class Range:
    """The customers whose key is beyond `after` and not beyond `up_to`."""

    after: int
    up_to: int

    def of(self, rows: QuerySet[Any], column: str = "customer_id") -> QuerySet[Any]:
        return rows.filter(**{f"{column}__gt": self.after, f"{column}__lte": self.up_to})


def only(pk: int) -> Range:
    return Range(pk - 1, pk)


def next_range(after: int, *, at_most: int) -> tuple[Range, int] | None:
    """Return the next so many customers after a key, and how many they are; None where there are no more."""
    keys = list(Customer.objects.current().filter(pk__gt=after).order_by("pk").values_list("pk", flat=True)[:at_most])
    return (Range(after, keys[-1]), len(keys)) if keys else None


def subjects_in(range_: Range, words: Iterable[str], *, last: int, on: date) -> list[Subject]:
    """Return the customers with what the words ask; `last` is how many scores of each are wanted."""
    asked = set(words)
    held = set(range_.of(Override.objects.standing()).values_list("customer_id", flat=True))
    ruled = dict(range_.of(Ruling.objects.all()).values_list("customer_id", "tier"))
    figures = {row[0]: row[1:] for row in range_.of(Figures.objects.all()).values_list("customer_id", *FIGURES)}
    tags = tags_in(range_) if "tag" in asked else {}
    scores = scores_in(range_, last) if "scores" in asked else {}
    rows = range_.of(Customer.objects.current(), "pk").order_by("pk")
    found = []
    for pk, tier, status, industry, since in rows.values_list("pk", "tier", "status", "industry", "since"):
        facts: dict[str, Fact] = {
            "tier": tier,
            "status": status,
            "industry": folded(industry),
            "origin": Origin.RULE if ruled.get(pk) == tier else Origin.HAND,
            "years": full_years(since, on=on),
            "tag": tags.get(pk, frozenset()),
            "scores": tuple(scores.get(pk, ())),
            **figures_told(figures.get(pk)),
        }
        found.append(Subject(pk, tier, facts, pk in held))
    return found


def tags_in(range_: Range) -> dict[int, frozenset[str]]:
    found: dict[int, set[str]] = defaultdict(set)
    for pk, name in range_.of(Tagging.objects.all()).values_list("customer_id", "tag__name"):
        found[pk].add(name)
    return {pk: frozenset(names) for pk, names in found.items()}


def scores_in(range_: Range, last: int) -> dict[int, list[Decimal]]:
    """Return the last scores of each, the newest first."""
    found: dict[int, list[Decimal]] = defaultdict(list)
    rows = range_.of(Score.objects.all()).order_by("customer_id", "-at", "-id")
    for pk, points in rows.values_list("customer_id", "points").iterator(chunk_size=2_000):
        if len(found[pk]) < last:
            found[pk].append(points)
    return found


def figures_told(row: tuple[Any, ...] | None) -> dict[str, Fact]:
    if row is None:
        return {}
    year, before, lifetime, percentile, orders = row
    return {
        "amount_year": year,
        "growth": growth(year, before),
        "lifetime_value": lifetime,
        "value_percentile": None if percentile is None else Decimal(str(percentile)),
        "orders": Decimal(orders),
    }


def growth(year: Decimal, before: Decimal) -> Decimal | None:
    """Return the growth in per cent; over a year without orders there is none."""
    return ((year - before) / before * 100).quantize(Decimal("0.1")) if before > 0 else None


def full_years(since: date | None, *, on: date) -> Decimal | None:
    if since is None or since > on:
        return None
    return Decimal(on.year - since.year - ((on.month, on.day) < (since.month, since.day)))
