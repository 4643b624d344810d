"""Who calls: a program with a token, or a page of ours with its session."""

from __future__ import annotations

import hashlib

from django.conf import settings
from django.http import HttpRequest
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from ninja.security import APIKeyCookie, HttpBearer
from ninja.utils import check_csrf

from huiying.kit.guards import ensure
from huiying.staff.actors import WRITING_SCOPE, StaffActor, actor_of, actor_of_token
from huiying.staff.models import Token

SAFE_METHODS = frozenset({"GET", "HEAD", "OPTIONS"})
WRITING_SCOPES = frozenset({WRITING_SCOPE, "admin"})


class ByToken(HttpBearer):
    """`Authorization: Bearer …`, a token made with `huiying token create` or on one's own page."""

    def __call__(self, request: HttpRequest) -> StaffActor | None:
        return caller_of(request)

    def authenticate(self, request: HttpRequest, token: str) -> StaffActor | None:
        return caller_of(request)


class BySession(APIKeyCookie):
    """The session of somebody signed in; writing also needs the CSRF token."""

    param_name = settings.SESSION_COOKIE_NAME

    def __call__(self, request: HttpRequest) -> StaffActor | None:
        return caller_of(request)

    def authenticate(self, request: HttpRequest, key: str | None) -> StaffActor | None:
        return caller_of(request)


def caller_of(request: HttpRequest) -> StaffActor | None:
    """Return who calls, None when nobody known; worked out once, then kept as `request.actor`.

    Raises Refused when a token that may only read, or a page without its CSRF token, wants to write.
    """
    known: StaffActor | None = getattr(request, "actor", None)
    if known is not None:
        return known
    secret = bearer_of(request)
    actor = by_token(request, secret) if secret else by_session(request)
    request.actor = actor  # type: ignore[attr-defined]  # ApiRequest declares it
    return actor


def bearer_of(request: HttpRequest) -> str:
    scheme, _space, secret = request.headers.get("Authorization", "").partition(" ")
    return secret.strip() if scheme.lower() == "bearer" else ""


def by_token(request: HttpRequest, secret: str) -> StaffActor | None:
    digest = hashlib.sha256(secret.encode(errors="replace")).hexdigest()
    held = Token.objects.select_related("user__role", "user__department", "user__team").filter(digest=digest).first()
    if held is None or not is_live(held):
        return None
    if request.method not in SAFE_METHODS:
        ensure(bool(WRITING_SCOPES & set(held.scopes)), _("This token may only read."))
    note_use(held)
    return actor_of_token(held)


def is_live(token: Token) -> bool:
    expired = token.expires_at is not None and token.expires_at <= timezone.now()
    return token.user.is_active and token.revoked_at is None and not expired


def note_use(token: Token) -> None:
    """Remember the day of the last use, with one write a day."""
    today = timezone.localdate()
    if token.last_used_on != today:
        Token.objects.filter(pk=token.pk).update(last_used_on=today)


def by_session(request: HttpRequest) -> StaffActor | None:
    if settings.SESSION_COOKIE_NAME not in request.COOKIES or not request.user.is_authenticated:
        return None
    if request.method not in SAFE_METHODS:
        ensure(check_csrf(request) is None, _("This page is out of date. Please load it again."))
    return actor_of(request.user)
