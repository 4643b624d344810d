"""The vocabulary of tier rules: what may be asked of a customer, in which unit, and how it may be compared."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from enum import StrEnum

from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from huiying.customers.models import Status, Tag, Tier
from huiying.kit.guards import Sentence


class Unit(StrEnum):
    """What the value of a word is."""

    MONEY = "money"
    PERCENT = "percent"
    COUNT = "count"
    YEARS = "years"
    POINTS = "points"
    CHOICE = "choice"
    TEXT = "text"


class Comparison(models.TextChoices):
    AT_LEAST = "at_least", _("at least")
    AT_MOST = "at_most", _("at most")
    MORE = "more", _("more than")
    LESS = "less", _("less than")
    ALL_AT_LEAST = "all_at_least", _("all at least")
    ONE_OF = "one_of", pgettext_lazy("condition", "is one of")
    NONE_OF = "none_of", _("is none of")


class Origin(models.TextChoices):
    """How a customer came to their present tier."""

    RULE = "rule", _("by a rule")
    HAND = "hand", _("by hand or import")


NUMBERS = (Comparison.AT_LEAST, Comparison.AT_MOST, Comparison.MORE, Comparison.LESS)
CHOICES = (Comparison.ONE_OF, Comparison.NONE_OF)
Options = Sequence[tuple[str, Sentence]]


@dataclass(frozen=True, kw_only=True)
class Word:
    """One thing that a rule may ask. `options` are the values to choose from; `is_amount` shows only to whoever may
    see amounts."""

    label: Sentence
    unit: Unit
    comparisons: tuple[Comparison, ...] = NUMBERS
    options: Callable[[], Options] | None = None
    is_amount: bool = False

    @property
    def is_number(self) -> bool:
        return self.unit not in {Unit.CHOICE, Unit.TEXT}


def tags() -> Options:
    return [(name, name) for name in Tag.objects.values_list("name", flat=True)]


WORDS: dict[str, Word] = {
    "amount_year": Word(label=_("amount of the last year"), unit=Unit.MONEY, is_amount=True),
    "growth": Word(label=_("growth over the year before"), unit=Unit.PERCENT),
    "lifetime_value": Word(label=_("lifetime value"), unit=Unit.MONEY, is_amount=True),
    "value_percentile": Word(label=_("worth more than this share of repeat buyers"), unit=Unit.PERCENT, is_amount=True),
    "orders": Word(label=_("number of orders"), unit=Unit.COUNT),
    "years": Word(label=_("years of cooperation"), unit=Unit.YEARS),
    "scores": Word(label=_("last survey scores"), unit=Unit.POINTS, comparisons=(Comparison.ALL_AT_LEAST,)),
    "tier": Word(label=_("present tier"), unit=Unit.CHOICE, comparisons=CHOICES, options=lambda: [*Tier.choices]),
    "origin": Word(
        label=_("present tier was given"), unit=Unit.CHOICE, comparisons=CHOICES, options=lambda: [*Origin.choices]
    ),
    "status": Word(label=_("status"), unit=Unit.CHOICE, comparisons=CHOICES, options=lambda: [*Status.choices]),
    "industry": Word(label=_("industry"), unit=Unit.TEXT, comparisons=CHOICES),
    "tag": Word(label=_("tag"), unit=Unit.CHOICE, comparisons=CHOICES, options=tags),
}
UNITS: dict[Unit, Sentence] = {
    Unit.MONEY: _("CNY"),
    Unit.PERCENT: "%",
    Unit.COUNT: _("orders"),
    Unit.YEARS: _("years"),
    Unit.POINTS: pgettext_lazy("score", "points"),
}
