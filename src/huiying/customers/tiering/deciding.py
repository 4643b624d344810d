"""The decision: which rule holds for a customer, and what follows. Arithmetic; it asks no database."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from huiying.customers.models import TierRule
from huiying.customers.models.tier_rule import is_lower
from huiying.customers.tiering.conditions import Condition, Facts, figures_of, read_conditions
from huiying.customers.tiering.facts import Subject


@dataclass(frozen=True)
class Term:
    """A rule with its conditions read."""

    rule: TierRule
    conditions: tuple[Condition, ...]

    def holds(self, facts: Facts) -> bool:
        return all(condition.holds(facts) for condition in self.conditions)


@dataclass(frozen=True)
class Move:
    """A rule leads a customer from their tier to another."""

    pk: int
    old: str
    rule: TierRule
    figures: dict[str, Any]

    @property
    def new(self) -> str:
        return self.rule.tier

    @property
    def lowers(self) -> bool:
        return is_lower(self.new, self.old)


class Rules:
    """Rules in the order in which they are asked."""

    def __init__(self, rules: Iterable[TierRule]) -> None:
        terms = [Term(rule, read_conditions(rule.conditions)) for rule in rules if rule.active]
        self.setting: Sequence[Term] = [term for term in terms if term.rule.sets]
        self.suggesting: Sequence[Term] = [term for term in terms if not term.rule.sets]
        asked = [condition for term in terms for condition in term.conditions]
        self.words = {condition.word for condition in asked}
        self.last = max((condition.last for condition in asked), default=0)

    def deciding(self, facts: Facts) -> Term | None:
        """Return the first rule that sets and whose conditions hold."""
        return next((term for term in self.setting if term.holds(facts)), None)

    def change(self, subject: Subject) -> Move | None:
        """Return the change of tier that the deciding rule asks for."""
        return move(subject, self.deciding(subject.facts))

    def suggestion(self, subject: Subject) -> Move | None:
        """Return what the first suggesting rule that holds suggests."""
        holding = (term for term in self.suggesting if term.holds(subject.facts))
        return next((found for term in holding if (found := move(subject, term))), None)


def move(subject: Subject, term: Term | None) -> Move | None:
    if term is None or not term.rule.leads_from(subject.tier):
        return None
    return Move(subject.pk, subject.tier, term.rule, figures_of(term.conditions, subject.facts))
