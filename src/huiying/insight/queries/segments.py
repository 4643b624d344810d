"""Segments of customers by their three scores, in words a salesperson uses."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from django.db.models import BooleanField, Count, ExpressionWrapper, Q, QuerySet, Sum
from django.utils.translation import gettext_lazy as _

from huiying.customers.models import Customer, Figures
from huiying.insight.policies import may_see_amounts
from huiying.journal.actors import Actor
from huiying.kit.guards import Sentence


@dataclass(frozen=True, kw_only=True)
class Segment:
    """High or low in recency, frequency and money; what that means, and what to do."""

    code: str
    recent: bool
    frequent: bool
    rich: bool
    name: Sentence
    meaning: Sentence

    @property
    def highs(self) -> tuple[bool, bool, bool]:
        """Which of the three `SCORES` are high."""
        return self.recent, self.frequent, self.rich

    def condition(self, high_from: int) -> Q:
        wanted = zip(SCORES, self.highs, strict=True)
        return Q(*(self.part(name, high_from, is_high) for name, is_high in wanted))

    @staticmethod
    def part(column: str, high_from: int, is_high: bool) -> Q:
        return Q(**{f"{column}__gte" if is_high else f"{column}__lt": high_from})


SEGMENTS = (
    Segment(
        code="core",
        recent=True,
        frequent=True,
        rich=True,
        name=_("core"),
        meaning=_("Bought lately, often and much: look after them in person."),
    ),
    Segment(
        code="promising",
        recent=True,
        frequent=False,
        rich=True,
        name=_("worth developing"),
        meaning=_("Bought lately and much, but seldom: find out what else they need."),
    ),
    Segment(
        code="recall",
        recent=False,
        frequent=True,
        rich=True,
        name=_("worth calling back"),
        meaning=_("Used to buy often and much, not lately: ask what has changed."),
    ),
    Segment(
        code="rescue",
        recent=False,
        frequent=False,
        rich=True,
        name=_("worth holding"),
        meaning=_("Spent much, a while ago: find out whether there is a new need."),
    ),
    Segment(
        code="steady",
        recent=True,
        frequent=True,
        rich=False,
        name=_("steady, small orders"),
        meaning=_("Bought lately and often, small amounts: keep it easy for them."),
    ),
    Segment(
        code="new",
        recent=True,
        frequent=False,
        rich=False,
        name=_("new or occasional"),
        meaning=_("Bought lately for the first time or rarely: make the first experience good."),
    ),
    Segment(
        code="fading",
        recent=False,
        frequent=True,
        rich=False,
        name=_("fading, small orders"),
        meaning=_("Used to buy often, small amounts, not lately: a friendly reminder is enough."),
    ),
    Segment(
        code="quiet",
        recent=False,
        frequent=False,
        rich=False,
        name=_("quiet"),
        meaning=_("Bought little, a while ago: spend no great effort."),
    ),
)
SCORES = ("recency_score", "frequency_score", "monetary_score")
NOBODY = (0, Decimal(0), None)  # customers, amount of the year, what is expected
BY_CODE = {segment.code: segment for segment in SEGMENTS}


@dataclass(frozen=True, kw_only=True)
class Counted:
    """A segment with its customers and their money; `expected` is None where nothing can be foreseen."""

    segment: Segment
    customers: int
    percent: int
    amount_year: Decimal
    expected: Decimal | None


def segments_of(by: Actor, *, high_from: int) -> list[Counted]:
    """Return the segments of the buyers whom the actor may see; one statement."""
    scored = visible_figures(by).filter(orders__gt=0)
    highs = [ExpressionWrapper(Q(**{f"{name}__gte": high_from}), BooleanField()) for name in SCORES]
    sums = {"n": Count("pk"), "year": Sum("amount_year", default=0), "expected": Sum("lifetime_value")}
    found: dict[tuple[bool, ...], tuple[Any, ...]] = {}
    for *scores, number, year, expected in scored.values_list(*highs).annotate(**sums):
        found[tuple(scores)] = (number, year, expected)
    whole = sum(number for number, _year, _expected in found.values()) or 1
    return [counted(segment, *found.get(segment.highs, NOBODY), whole=whole) for segment in SEGMENTS]


def counted(segment: Segment, number: int, year: Decimal, expected: Decimal | None, *, whole: int) -> Counted:
    return Counted(
        segment=segment,
        customers=number,
        percent=round(number / whole * 100),
        amount_year=year,
        expected=whole_amount(expected),
    )


def whole_amount(amount: Decimal | None) -> Decimal | None:
    """A forecast is not known to the cent."""
    return None if amount is None else amount.quantize(Decimal(1))


def visible_figures(by: Actor) -> QuerySet[Figures]:
    return Figures.objects.filter(customer__in=Customer.objects.visible_to(by).current())


def order_for(by: Actor) -> str:
    """Return in which order the actor reads figures: a place in the order of value tells the value."""
    return "-value_percentile" if may_see_amounts(by) else "-last_order_on"


def segment_of(figures: Figures, *, high_from: int) -> Segment | None:
    """Return the segment of one customer, None where there was no order."""
    if figures.recency_score is None or figures.frequency_score is None or figures.monetary_score is None:
        return None
    scores = (figures.recency_score, figures.frequency_score, figures.monetary_score)
    highs = tuple(score >= high_from for score in scores)
    return next(one for one in SEGMENTS if one.highs == highs)
