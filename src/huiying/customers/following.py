"""Which rows follow a customer into the one they are merged with: each app names its own in the wiring."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from django.db import models
from django.db.models import Exists, OuterRef, Q
from django.utils.functional import Promise

from huiying.kit.guards import Sentence

if TYPE_CHECKING:
    from huiying.customers.models import Merge


@dataclass(frozen=True)
class Following:
    """Rows of `model` whose `column` holds the customer's key. `words` counts them for the page: “{n} orders”.

    A row that may exist once only for a customer stays behind where the other has one too; with `yields`, the column
    that makes it the only one (the main contact), it comes along without that. With `only`, other rows stay.
    """

    model: type[models.Model]
    words: Promise | None = None
    column: str = "customer_id"
    yields: str = ""
    only: Q = field(default_factory=Q)

    @property
    def label(self) -> str:
        """How the ledger of a merge names these rows: "customers.order.customer_id"."""
        return f"{self.model._meta.label_lower}.{self.column}"

    def of(self, customer_id: int) -> models.QuerySet[models.Model]:
        return self.model._base_manager.filter(self.only, **{self.column: customer_id})

    def in_the_way(self, source_id: int, *, into_id: int) -> list[int]:
        """Return the keys of the rows that cannot stand beside one of the other customer's."""
        found: set[int] = set()
        for others, condition in self._only_ones():
            same = {name: OuterRef(name) for name in others}
            theirs = self.of(into_id).filter(condition, **same)
            rows = self.of(source_id).filter(condition).filter(Exists(theirs))
            found.update(rows.values_list("pk", flat=True))
        return sorted(found)

    def said(self, count: int) -> str:
        return str(self.words % {"n": count}) if self.words is not None else ""

    def _only_ones(self) -> Iterable[tuple[list[str], Q]]:
        """Yield what must be different in two rows of one customer, and of which rows that is asked."""
        meta = self.model._meta
        mine = next(each for each in meta.fields if each.attname == self.column)
        if mine.unique:
            yield [], Q()
        for together in meta.unique_together:
            if mine.name in together:
                yield [name for name in together if name != mine.name], Q()
        for constraint in meta.constraints:
            if isinstance(constraint, models.UniqueConstraint) and mine.name in constraint.fields:
                others = [name for name in constraint.fields if name != mine.name]
                yield others, constraint.condition or Q()


Hindrance = Callable[["Merge"], Sentence | None]

_followings: list[Following] = []
_hindrances: list[Hindrance] = []


def install(followings: Iterable[Following], hindrances: Iterable[Hindrance]) -> None:
    """Make known what follows a customer, and what of other apps can stand in the way of undoing a merge."""
    _followings[:] = followings
    _hindrances[:] = hindrances


def followings() -> list[Following]:
    return list(_followings)


def hindrances() -> list[Hindrance]:
    return list(_hindrances)
