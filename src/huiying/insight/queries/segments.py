"""Segments of customers by their three scores, in words a salesperson uses."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal

from django.db.models import Count, Q, QuerySet, Sum
from django.utils.translation import gettext_lazy as _

from huiying.customers.models import Customer, Figures
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

    def condition(self, high_from: int) -> Q:
        wanted = {"recency": self.recent, "frequency": self.frequent, "monetary": self.rich}
        return Q(*(self.part(f"{name}_score", high_from, is_high) for name, is_high in wanted.items()))

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
    sums: dict[str, Count | Sum] = {}
    for segment in SEGMENTS:
        mine = segment.condition(high_from)
        sums |= {
            f"{segment.code}_n": Count("pk", filter=mine),
            f"{segment.code}_year": Sum("amount_year", filter=mine, default=0),
            f"{segment.code}_expected": Sum("lifetime_value", filter=mine),
        }
    found = scored.aggregate(whole=Count("pk"), **sums)
    whole = found["whole"] or 1
    return [
        Counted(
            segment=segment,
            customers=found[f"{segment.code}_n"],
            percent=round(found[f"{segment.code}_n"] / whole * 100),
            amount_year=found[f"{segment.code}_year"],
            expected=whole_amount(found[f"{segment.code}_expected"]),
        )
        for segment in SEGMENTS
    ]


def whole_amount(amount: Decimal | None) -> Decimal | None:
    """A forecast is not known to the cent."""
    return None if amount is None else amount.quantize(Decimal(1))


def visible_figures(by: Actor) -> QuerySet[Figures]:
    return Figures.objects.filter(customer__in=Customer.objects.visible_to(by).current())


def segment_of(figures: Figures, *, high_from: int) -> Segment | None:
    """Return the segment of one customer, None where there was no order."""
    if figures.recency_score is None or figures.frequency_score is None or figures.monetary_score is None:
        return None
    scores = (figures.recency_score, figures.frequency_score, figures.monetary_score)
    recent, frequent, rich = (score >= high_from for score in scores)
    return next(one for one in SEGMENTS if (one.recent, one.frequent, one.rich) == (recent, frequent, rich))
