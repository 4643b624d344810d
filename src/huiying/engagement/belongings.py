"""What follows a person who hands their work over: each app names its own rows in the wiring, with how they are given.

Whose work somebody may hand over is asked once for the whole batch, and what of it they may see for each thing.
`give` is called in a transaction of its own and raises DomainError where the row stays; what its own kind asks of
rights besides it asks itself.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import datetime
from hashlib import sha256
from typing import Any, Protocol

from django.db import models
from django.utils.functional import Promise

from huiying.journal.actors import Actor
from huiying.kit.guards import Sentence
from huiying.staff.models import User


class Give(Protocol):
    def __call__(self, row: Any, /, *, to: User, by: Actor, at: datetime, reason: str) -> object: ...


@dataclass(frozen=True, kw_only=True)
class Belonging:
    """Rows of `model` whose `owner` column holds the person; `open` leaves those that still matter.

    `name` heads them, `words` counts them; `customer` is the path to the customer whom a row concerns; `powers` are
    what whoever takes over must hold to work on such things; `titled` names one row in a list.
    """

    code: str
    model: type[models.Model]
    name: Sentence
    words: Promise
    open: Callable[[], models.QuerySet[Any]]
    give: Give
    powers: frozenset[str]
    column: str = "owner"
    customer: str = "customer"
    titled: Callable[[Any], str] = str

    @property
    def label(self) -> str:
        return f"{self.model._meta.label_lower}.{self.column}"

    def of(self, person_id: int) -> models.QuerySet[Any]:
        return self.open().filter(**{self.column: person_id}).order_by("pk")

    def seen_of(self, person_id: int, *, by: Actor) -> models.QuerySet[Any]:
        """Return what of it the actor may see: who is named in a complaint does not hand it over either."""
        return self.of(person_id).filter(pk__in=self.manager.visible_to(by).values("pk"))

    def kept_from(self, by: Actor) -> Iterable[int]:
        """Return the keys of such things of which the actor may learn nothing; mostly there are none."""
        return self.manager.kept_from(by) if hasattr(self.manager, "kept_from") else ()

    @property
    def manager(self) -> Any:
        return self.model._default_manager

    def may_take(self, person: User) -> bool:
        """Say whether the person works here and may work on such things; fetched with their role."""
        return person.is_active and self.powers <= set(person.role.powers)

    def counted(self, count: int) -> str:
        return str(self.words % {"n": count})


_belongings: list[Belonging] = []


def install(belongings: Iterable[Belonging]) -> None:
    _belongings[:] = belongings


def belongings() -> list[Belonging]:
    return list(_belongings)


def belonging(code: str) -> Belonging:
    return next(one for one in _belongings if one.code == code)


def mark_of(row: models.Model) -> str:
    """Return a mark that differs once anything of the row has changed."""
    fresh = type(row)._base_manager.get(pk=row.pk)
    values = "\x1f".join(str(getattr(fresh, field.attname)) for field in fresh._meta.concrete_fields)
    return sha256(values.encode()).hexdigest()
