"""What follows from a deed: the wiring table is installed here once, when the program starts."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any

from django.db import models

from huiying.journal.models import Entry
from huiying.journal.verbs import Verb

Reaction = Callable[[Any, Entry], None]
Wiring = Mapping[tuple[Verb, type[models.Model]], Sequence[Reaction]]

_names: dict[tuple[str, type[models.Model]], list[str]] = {}
_reactions: dict[str, Reaction] = {}


def install(wiring: Wiring) -> None:
    """Make the wiring table known. A reaction is remembered in waiting duties by its dotted name: do not rename it."""
    _names.clear()
    _reactions.clear()
    for (verb, model), reactions in wiring.items():
        _names[verb.code, model] = [name_of(reaction) for reaction in reactions]
        _reactions.update({name_of(reaction): reaction for reaction in reactions})


def reactions_to(verb_code: str, model: type[models.Model]) -> list[str]:
    return _names.get((verb_code, model), [])


def reaction_named(name: str) -> Reaction | None:
    return _reactions.get(name)


def name_of(reaction: Reaction) -> str:
    return f"{reaction.__module__.removeprefix('huiying.')}.{reaction.__qualname__}"
