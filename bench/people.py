"""Who asks: sessions for the pages and a token for programs, of a supervisor and of account managers."""

from __future__ import annotations

from dataclasses import dataclass
from importlib import import_module
from typing import Any


@dataclass(frozen=True)
class Visitor:
    """What a signed-in browser and a program carry."""

    user: Any
    cookie: dict[str, str]
    bearer: dict[str, str]


def supervisor() -> Visitor:
    """Return the bench's own supervisor, signed in; made where there is none."""
    from huiying.staff.models import Department

    service = Department.objects.get(name="客户服务部")
    return signed_in(person("bench", "测速员", role="administrator", team=service.teams.first()))


def manager() -> Visitor:
    """Return the first of the account managers, signed in."""
    return signed_in(managers(1)[0])


def managers(count: int) -> list[Any]:
    """Return so many account managers; made where there are none."""
    from huiying.staff.models import Team

    teams = list(Team.objects.order_by("pk"))
    return [
        person(f"manager{number}", f"经理{number:03}", role="account-manager", team=teams[number % len(teams)])
        for number in range(count)
    ]


def person(username: str, name: str, *, role: str, team: Any) -> Any:
    from huiying.staff.models import Role, User

    about = {"name": name, "role": Role.objects.get(code=role), "team": team, "department": team.department}
    return User.objects.get_or_create(username=username, defaults={**about, "is_on_shift": True})[0]


def signed_in(user: Any) -> Visitor:
    """Return the session and a token of somebody who works here."""
    from django.conf import settings
    from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY
    from django.db import transaction
    from django.utils import timezone

    from huiying.staff.actions.tokens import create_token
    from huiying.staff.actors import actor_of

    engine = import_module(settings.SESSION_ENGINE)
    session = engine.SessionStore()
    session[SESSION_KEY] = str(user.pk)
    session[BACKEND_SESSION_KEY] = settings.AUTHENTICATION_BACKENDS[0]
    session[HASH_SESSION_KEY] = user.get_session_auth_hash()
    session.save()
    with transaction.atomic():
        name = f"bench {timezone.now():%H%M%S}"
        _token, secret = create_token(user, name, scopes=["read", "write"], by=actor_of(user))
    cookie = {"Cookie": f"{settings.SESSION_COOKIE_NAME}={session.session_key}", "Accept-Language": "zh-hans"}
    return Visitor(user, cookie, {"Authorization": f"Bearer {secret}", "Content-Type": "application/json"})
