"""Naming people and places as people do: by our key, sign-in name or plain name. BadInput for who is not there."""

from __future__ import annotations

from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from huiying.kit.guards import BadInput
from huiying.kit.text import username_key
from huiying.staff.models import Department, Team, User


def person_named(reference: str, *, field: str) -> User:
    """Return the working person with this sign-in name or key, together with role, team and department."""
    by_name: User | None = User.objects.with_standing().working().filter(username=username_key(reference)).first()
    found: User | None = by_name or User.objects.with_standing().working().filter(pk=key_in(reference)).first()
    if found is None:
        raise BadInput(_("Nobody who works here is called “{name}”.").format(name=reference), field=field)
    return found


def department_named(reference: str, *, field: str) -> Department:
    """Return the department with this key or name, in either language."""
    named = Q(pk=key_in(reference)) | Q(name=reference) | Q(name_en=reference)
    found = Department.objects.filter(named, active=True).order_by("path").first()
    if found is None:
        raise BadInput(_("There is no department “{name}”.").format(name=reference), field=field)
    return found


def team_named(reference: str, *, field: str) -> Team:
    """Return the team with this key or name, in either language, together with its department."""
    named = Q(pk=key_in(reference)) | Q(name=reference) | Q(name_en=reference)
    found = Team.objects.select_related("department").filter(named, active=True).order_by("pk").first()
    if found is None:
        raise BadInput(_("There is no team “{name}”.").format(name=reference), field=field)
    return found


def key_in(reference: str) -> int:
    """Return the key that the reference is, or 0, which no row has."""
    return int(reference) if reference.isascii() and reference.isdigit() and len(reference) < 19 else 0
