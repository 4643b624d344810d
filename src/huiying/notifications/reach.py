"""Which roads lead to whom."""

from __future__ import annotations

from collections.abc import Iterable

from django.conf import settings
from django.utils.translation import gettext as _

from huiying.notifications.matrix import Road
from huiying.staff.models import User

Open = dict[int, frozenset[str]]


def open_roads(people: Iterable[User]) -> Open:
    """Return by person the roads beyond Huiying that lead to them."""
    return {person.pk: frozenset(roads_for(person)[1:]) for person in people}


def roads_for(person: User) -> tuple[Road, ...]:
    """Return the roads that lead to a person, in the order of the matrix."""
    return tuple(road for road in Road if road == Road.APP or not obstacle(road, person))


def closed_roads(person: User) -> list[tuple[str, str]]:
    """Return the roads that do not lead to a person, each with the reason."""
    return [(str(road.label), why) for road in Road if road != Road.APP and (why := obstacle(road, person))]


def obstacle(_road: Road, person: User) -> str:
    """Return what keeps a road from leading to a person; nothing where it is open."""
    if not settings.EMAIL_URL:
        return _("no mail server is connected")
    return "" if person.email else _("your profile holds no address")
