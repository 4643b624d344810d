"""What keeps a customer from being taken back because somebody works on it: each app names its own in the wiring."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable
from dataclasses import dataclass
from typing import Any

from django.db import models

from huiying.journal.actors import Actor
from huiying.kit.guards import Sentence
from huiying.staff.queries import known_to


@dataclass(frozen=True)
class InUse:
    """`rows` returns the rows, each of a customer, that are being worked on; `words` say so: “a case is open”."""

    words: Sentence
    rows: Callable[[], models.QuerySet[Any]]

    def among(self, customers: Collection[int], *, by: Actor) -> Iterable[int]:
        using = known_to(self.rows().order_by().filter(customer__in=customers), by)
        return using.values_list("customer_id", flat=True)


_uses: list[InUse] = []


def install(uses: Iterable[InUse]) -> None:
    _uses[:] = uses


def used(customers: Collection[int], *, by: Actor) -> dict[int, Sentence]:
    """Return by key those that are in use, with the first thing that uses them; one query for each kind.

    What is kept from the actor uses nothing, as far as they are told.
    """
    found: dict[int, Sentence] = {}
    for use in _uses if customers else ():
        for customer in use.among(customers, by=by):
            found.setdefault(customer, use.words)
    return found
