"""What follows from a deed: the wiring table is installed here once, when the program starts."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.db import models

from huiying.journal.models import Entry
from huiying.journal.verbs import Verb

Reaction = Callable[[Any, Entry], None]
Choose = Callable[[Sequence[Entry]], Sequence[Entry]]


@dataclass(frozen=True)
class Chosen:
    """A reaction that follows from some entries only: `choose` is asked once for many, before any duty is left."""

    reaction: Reaction
    choose: Choose


Wiring = Mapping[tuple[Verb, type[models.Model]], Sequence[Reaction | Chosen]]

_names: dict[tuple[str, type[models.Model]], list[str]] = {}
_reactions: dict[str, Reaction] = {}
_choosers: dict[str, Choose] = {}


def install(wiring: Wiring) -> None:
    """Make the wiring table known. A reaction is remembered in waiting duties by its dotted name: do not rename it."""
    for known in (_names, _reactions, _choosers):
        known.clear()
    for (verb, model), wired in wiring.items():
        reactions = [one.reaction if isinstance(one, Chosen) else one for one in wired]
        _names[verb.code, model] = [name_of(reaction) for reaction in reactions]
        _reactions.update({name_of(reaction): reaction for reaction in reactions})
        _choosers.update({name_of(one.reaction): one.choose for one in wired if isinstance(one, Chosen)})


def reactions_to(verb_code: str, model: type[models.Model]) -> list[str]:
    return _names.get((verb_code, model), [])


def choosers() -> Mapping[str, Choose]:
    """Return by name what chooses for the reactions that do not follow from every entry."""
    return _choosers


def reaction_named(name: str) -> Reaction | None:
    return _reactions.get(name)


def name_of(reaction: Reaction) -> str:
    return f"{reaction.__module__.removeprefix('huiying.')}.{reaction.__qualname__}"
