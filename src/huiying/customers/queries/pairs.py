"""Pairs of customers who may be one, as pages show them (SPEC A7)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from django.utils.timezone import localdate

from huiying.customers.likeness import REASONS
from huiying.customers.models import Customer, Pair
from huiying.customers.queries.shown import Hit, hits
from huiying.journal.actors import Actor
from huiying.kit.guards import Sentence

HINTED = 3


@dataclass(frozen=True)
class ShownPair:
    """Two customers with masked phones, and what speaks for their being one."""

    pk: int
    older: Hit
    newer: Hit
    reasons: list[Sentence]


def shown_pairs(pairs: Sequence[Pair]) -> list[ShownPair]:
    """Return the pairs as a list shows them; one further statement for all phones."""
    customers = {one.pk: one for pair in pairs for one in (pair.first, pair.second)}
    by_key = {hit.customer.pk: hit for hit in hits(list(customers.values()), today=localdate())}
    return [
        ShownPair(pair.pk, by_key[pair.first_id], by_key[pair.second_id], [REASONS[code] for code in pair.reasons])
        for pair in pairs
    ]


def pairs_of(customer: Customer, *, by: Actor) -> list[tuple[Customer, list[Sentence]]]:
    """Return who may be the same as this customer, with the evidence, the likeliest first."""
    pairs = Pair.objects.waiting().visible_to(by).of(customer).for_list().order_by("-strength", "-id")[:HINTED]
    return [
        (pair.second if pair.first_id == customer.pk else pair.first, [REASONS[code] for code in pair.reasons])
        for pair in pairs
    ]
