"""Who asks: a supervisor's session for the pages and a token for programs."""

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
    from django.conf import settings
    from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY
    from django.db import transaction
    from django.utils import timezone

    from huiying.staff.actions.tokens import create_token
    from huiying.staff.actors import actor_of
    from huiying.staff.models import Department, Role, User

    service = Department.objects.get(name="客户服务部")
    user, _made = User.objects.get_or_create(
        username="bench",
        defaults={
            "name": "测速员",
            "role": Role.objects.get(code="administrator"),
            "department": service,
            "team": service.teams.first(),
            "is_on_shift": True,
        },
    )
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
