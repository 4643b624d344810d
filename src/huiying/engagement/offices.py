"""Roles that hang on a person beyond the rows they own: each is given to somebody else on its own page, by hand."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any

from django.db import models

from huiying.journal.actors import Actor
from huiying.kit.guards import Sentence
from huiying.staff.models import User

SHOWN = 20


@dataclass(frozen=True, kw_only=True)
class Office:
    """A role of a person: `held` returns the rows by which they hold it, as far as the reader may see them.

    `thing` is what a row is about, `address` the page where somebody else is put in; only who holds `power` may go
    there.
    """

    name: Sentence
    held: Callable[[User, Actor], models.QuerySet[Any]]
    thing: Callable[[Any], str]
    address: Callable[[Any], str]
    power: str = ""


@dataclass(frozen=True)
class Held:
    """One role that somebody holds; the address is empty for a reader who may not give it to another."""

    name: Sentence
    thing: str
    address: str


_offices: list[Office] = []


def install(offices: Iterable[Office]) -> None:
    _offices[:] = offices


def offices_of(person: User, *, by: Actor) -> list[Held]:
    """Return the roles that hang on the person; one statement for each kind of role."""
    return [
        Held(office.name, office.thing(row), office.address(row) if not office.power or by.can(office.power) else "")
        for office in _offices
        for row in office.held(person, by)[:SHOWN]
    ]
