"""Keys for programs: shown once, kept as a hash, narrowed by scopes."""

from __future__ import annotations

import hashlib
import secrets
from collections.abc import Collection
from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from huiying.journal.actors import Actor
from huiying.journal.entries import record
from huiying.kit.guards import BadInput, ensure
from huiying.staff import verbs
from huiying.staff.models import Token, User
from huiying.staff.policies import may_create_token, may_revoke

SCOPES = ("read", "write", "admin")
PREFIX = "hy_"


@transaction.atomic
def create_token(
    user: User, name: str, *, scopes: Collection[str], expires_at: datetime | None = None, by: Actor
) -> tuple[Token, str]:
    """Return the token and its secret, which is kept nowhere and can be shown only now."""
    ensure(may_create_token(by, user))
    if not name.strip():
        raise BadInput(_("Please give the token a name that says what uses it."), field="name")
    if not scopes or not set(scopes) <= set(SCOPES):
        raise BadInput(_("A token's scope is read, write or admin."), field="scopes")
    secret = PREFIX + secrets.token_urlsafe(32)
    kept = [scope for scope in SCOPES if scope in scopes]
    token = Token.objects.create(
        user=user, name=name.strip()[:60], digest=digest(secret), hint=secret[-4:], scopes=kept, expires_at=expires_at
    )
    record(verbs.TOKEN_CREATED, token, by=by, name=token.name, scopes=", ".join(kept), user=user.name)
    return token, secret


@transaction.atomic
def revoke_token(token: Token, *, by: Actor, at: datetime) -> None:
    """Let the token open nothing from now on."""
    ensure(may_revoke(by, token))
    if Token.objects.filter(pk=token.pk, revoked_at=None).update(revoked_at=at):
        record(verbs.TOKEN_REVOKED, token, by=by, at=at, name=token.name, user=token.user.name)


def digest(secret: str) -> str:
    return hashlib.sha256(secret.encode()).hexdigest()
