"""What allauth reports about signing in, written in the journal. `listen` is called once, when the program starts."""

from __future__ import annotations

from typing import Any

from allauth.account.signals import password_changed, user_logged_in
from allauth.mfa.models import Authenticator
from allauth.mfa.signals import (
    authentication_failed,
    authenticator_added,
    authenticator_removed,
    authenticator_reset,
)
from django.contrib.auth.signals import user_logged_out
from django.http import HttpRequest

from huiying.staff import verbs
from huiying.staff.http import client_address
from huiying.staff.models import User
from huiying.staff.sign_in import note_attempt, note_deed


def listen() -> None:
    user_logged_in.connect(signed_in)
    user_logged_out.connect(signed_out)
    password_changed.connect(changed_password)
    authentication_failed.connect(failed_second_step)
    authenticator_added.connect(added_second_step)
    authenticator_removed.connect(removed_second_step)
    authenticator_reset.connect(reset_second_step)


def signed_in(request: HttpRequest, user: User, **_more: Any) -> None:
    note_deed(verbs.SIGNED_IN, user, ip=client_address(request))


def signed_out(user: User | None, **_more: Any) -> None:
    if user is not None:
        note_deed(verbs.SIGNED_OUT, user)


def changed_password(user: User, **_more: Any) -> None:
    note_deed(verbs.PASSWORD_CHANGED, user)


def failed_second_step(request: HttpRequest, user: User, **_more: Any) -> None:
    note_attempt(verbs.SIGN_IN_FAILED, user.username, client_address(request))


def added_second_step(user: User, authenticator: Authenticator, **_more: Any) -> None:
    if authenticator.type == Authenticator.Type.TOTP:
        note_deed(verbs.SECOND_STEP_ADDED, user)


def removed_second_step(user: User, authenticator: Authenticator, **_more: Any) -> None:
    if authenticator.type == Authenticator.Type.TOTP:
        note_deed(verbs.SECOND_STEP_REMOVED, user)


def reset_second_step(user: User, **_more: Any) -> None:
    note_deed(verbs.RECOVERY_CODES_MADE, user)
