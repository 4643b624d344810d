"""Which importers there are: the wiring installs them once, when the program starts."""

from __future__ import annotations

from collections.abc import Iterable

from django.utils.translation import gettext_lazy as _

from huiying.imports.protocol import Importer
from huiying.journal.actors import Actor
from huiying.kit.guards import BadInput

_importers: dict[str, Importer] = {}


def install(importers: Iterable[Importer]) -> None:
    _importers.clear()
    _importers.update({importer.kind: importer for importer in importers})


def kinds() -> list[str]:
    return list(_importers)


def importer_of(kind: str) -> Importer:
    """Raises BadInput for a kind that cannot be imported."""
    if kind not in _importers:
        raise BadInput(
            _("“{kind}” cannot be imported; choose one of: {kinds}.").format(kind=kind, kinds=", ".join(_importers)),
            field="kind",
        )
    return _importers[kind]


def importers_for(actor: Actor) -> list[Importer]:
    return [importer for importer in _importers.values() if actor.can(importer.power)]
