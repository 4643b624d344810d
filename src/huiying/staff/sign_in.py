"""How people sign in: nobody signs up by themselves, a name is one whatever its case, and the journal knows."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from typing import Any

from allauth.account.adapter import DefaultAccountAdapter
from allauth.usersessions.adapter import DefaultUserSessionsAdapter
from allauth.usersessions.models import UserSession
from django.contrib.auth.backends import ModelBackend
from django.contrib.auth.base_user import AbstractBaseUser
from django.core.cache import cache
from django.core.exceptions import ValidationError
from django.http import HttpRequest
from django.shortcuts import resolve_url
from django.utils import timezone

from huiying.journal.actors import Actor, ActorKind
from huiying.journal.entries import record
from huiying.journal.verbs import Verb
from huiying.kit.text import username_key
from huiying.staff import verbs
from huiying.staff.actors import actor_of
from huiying.staff.models import User

DOOR = Actor(kind=ActorKind.SYSTEM, name="sign-in")
LOCK = 5 * 60  # seconds, as in ACCOUNT_RATE_LIMITS


class ClosedDoor(DefaultAccountAdapter):  # type: ignore[misc]  # allauth ships no types
    """Accounts are made by an administrator only; failed and stopped attempts are journaled."""

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        return False

    def pre_authenticate(self, request: HttpRequest, **credentials: Any) -> None:
        try:
            super().pre_authenticate(request, **credentials)
        except ValidationError:
            username = username_key(credentials.get("username", ""))
            if cache.add(f"locked:{digest(username)}", True, timeout=LOCK):  # one line a lock, not one an attempt
                note_attempt(verbs.LOCKED_OUT, username, self.get_client_ip(request))
            raise

    def authentication_failed(self, request: HttpRequest, **credentials: Any) -> None:
        note_attempt(verbs.SIGN_IN_FAILED, username_key(credentials.get("username", "")), self.get_client_ip(request))

    def get_password_change_redirect_url(self, request: HttpRequest) -> str:
        return resolve_url("profile")

    def _get_login_attempts_cache_key(self, request: HttpRequest, **credentials: Any) -> str:
        """Count by the name as we compare it: neither another case nor another host name begins a new count."""
        return username_key(credentials.get("username", ""))


class Sessions(DefaultUserSessionsAdapter):  # type: ignore[misc]  # allauth ships no types
    def end_sessions(self, sessions: Sequence[UserSession]) -> None:
        super().end_sessions(sessions)
        if sessions:
            note_deed(verbs.SESSIONS_ENDED, sessions[0].user, count=len(sessions))


class StaffBackend(ModelBackend):
    """Fetch the signed-in person together with role, team and department: one query a request."""

    def get_user(self, user_id: Any) -> User | None:
        user = User.objects.with_standing().filter(pk=user_id).first()
        return user if user is not None and self.user_can_authenticate(user) else None


def note_attempt(verb: Verb, username: str, ip: str) -> None:
    """Journal an attempt by its name where somebody has it; else by its hash, for it may be a password mistyped."""
    user = User.objects.filter(username=username).first()
    told = user.username if user else f"#{digest(username)[:12]}"
    record(verb, user or User(pk=0), by=DOOR, username=told, ip=ip)  # 0: nobody we know


def note_deed(verb: Verb, user: AbstractBaseUser, **facts: Any) -> None:
    person = User.objects.with_standing().get(pk=user.pk)
    record(verb, person, by=actor_of(person), at=timezone.now(), name=person.name, **facts)


def digest(username: str) -> str:
    return hashlib.sha256(username.encode()).hexdigest()
