"""What a rule finds, and the rules in words."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum

from django.utils.translation import gettext_lazy as _

from huiying.kit.guards import Sentence
from huiying.kit.text import folded


class Rule(StrEnum):
    """Hand is no rule: somebody entered the need."""

    HAND = "hand"
    SAID = "said"
    GROWING = "growing"
    LIMIT = "limit"
    FALLING = "falling"
    ASKED = "asked"
    DUE = "due"


RULES: dict[Rule, Sentence] = {
    Rule.HAND: "{product}",
    Rule.SAID: _("{product}: the customer wants or asks for it"),
    Rule.GROWING: _("{product}: more, as usage grows"),
    Rule.LIMIT: _("{product}: more, as usage comes near the limit"),
    Rule.FALLING: _("{product}: training, as usage falls"),
    Rule.ASKED: _("{product}: training or another solution, as they ask again and again"),
    Rule.DUE: _("{product}: due again"),
}


@dataclass(frozen=True, kw_only=True)
class Numbers:
    """Where a signal begins; shares of one, spans in days."""

    growth: float = 0.5
    fall: float = 0.5
    fewest: int = 20
    near: float = 0.8
    asked: int = 3
    asked_within: int = 60
    orders: int = 3
    ahead: int = 7


@dataclass(frozen=True, kw_only=True)
class Finding:
    """A need that a rule found. `cycle` tells one round of what comes back from the next."""

    rule: Rule
    product: str
    ref: str
    at: datetime
    quote: str = ""
    cycle: str = ""
    figures: Mapping[str, object] = field(default_factory=dict)

    @property
    def topic(self) -> str:
        """What it is about: of one topic a customer has one open need."""
        return f"{self.rule}:{folded(self.product)[:120]}" + (f":{self.cycle}" if self.cycle else "")
