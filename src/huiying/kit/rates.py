"""Holding back floods: so many tries a window, counted in the cache that all processes share."""

from __future__ import annotations

from django.core.cache import caches
from django.utils.translation import gettext_lazy as _

from huiying.kit.guards import DomainError


class TooMany(DomainError):
    """Too many tries in too short a time (429)."""

    status = 429
    code = "too-many"


def ensure_rare(what: str, *, limit: int, seconds: int) -> None:
    """Count one try of `what`; raise TooMany when `limit` tries were made within the last `seconds`.

    Each try takes one of `limit` places and leaves it after `seconds`: two at once never share one.
    """
    cache = caches["default"]
    places = [f"rate:{what}:{n}" for n in range(limit)]
    taken = cache.get_many(places)
    if not any(cache.add(place, True, seconds) for place in places if place not in taken):
        raise TooMany(_("That was a bit much at once. Please wait a few minutes and try again; nothing is lost."))
