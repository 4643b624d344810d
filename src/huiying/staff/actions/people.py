"""Adding people, keeping them true, and letting them in or not."""

from __future__ import annotations

from allauth.mfa.models import Authenticator
from allauth.usersessions.models import UserSession
from django.contrib.auth.hashers import make_password
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from huiying.journal.actors import Actor
from huiying.journal.entries import record
from huiying.kit.guards import BadInput, DomainError, ensure, ensure_sound
from huiying.kit.text import username_key
from huiying.kit.turns import take_turns
from huiying.staff import verbs
from huiying.staff.drafts import PersonDraft, ProfileDraft, apply
from huiying.staff.models import User
from huiying.staff.policies import is_oneself, may_grant, may_manage

PERSON_FIELDS = ("username", "name", "role", "department", "team", "email", "phone", "language", "skills")
PROFILE_FIELDS = ("name", "email", "phone", "language")


class LastAdministrator(DomainError):
    """Somebody must remain who may change settings."""

    code = "last-administrator"


@transaction.atomic
def add_person(draft: PersonDraft, *, by: Actor) -> User:
    """Add somebody who cannot sign in yet: `staff.links.sign_in_link` lets them choose a password."""
    ensure(may_grant(by, draft.role), _("You cannot give a role that may do more than your own."))
    user = User(is_active=True)
    apply(draft, user, PERSON_FIELDS)
    user.set_unusable_password()
    keep_sound(user)
    user.save(force_insert=True)
    record(verbs.PERSON_ADDED, user, by=by, name=user.name, role=draft.role.name)
    return user


@transaction.atomic
def change_person(user: User, draft: PersonDraft, *, by: Actor) -> None:
    ensure(may_manage(by, user))
    ensure(may_grant(by, draft.role), _("You cannot give a role that may do more than your own."))
    changes = apply(draft, user, PERSON_FIELDS)
    if not changes:
        return
    keep_sound(user)
    user.save()
    ensure_somebody_administers()
    record(verbs.PERSON_CHANGED, user, by=by, name=user.name, changes=changes)


@transaction.atomic
def change_profile(user: User, draft: ProfileDraft, *, by: Actor) -> None:
    """Change what people may change about themselves."""
    ensure(is_oneself(by, user))
    changes = apply(draft, user, PROFILE_FIELDS)
    if not changes:
        return
    keep_sound(user)
    user.save(update_fields=list(changes))
    record(verbs.PERSON_CHANGED, user, by=by, name=user.name, changes=changes)


@transaction.atomic
def choose_language(user: User, language: str, *, by: Actor) -> None:
    """Speak this language to the person from now on; a matter of taste, not of record."""
    ensure(is_oneself(by, user))
    User.objects.filter(pk=user.pk).update(language=language)


@transaction.atomic
def deactivate(user: User, *, by: Actor) -> None:
    """Take away access at once, on every device; what the person did stays."""
    ensure(may_manage(by, user))
    ensure(not is_oneself(by, user), _("You cannot take away your own access."))
    if not User.objects.filter(pk=user.pk, is_active=True).update(is_active=False, is_on_shift=False):
        return
    ensure_somebody_administers()
    user.tokens.filter(revoked_at=None).update(revoked_at=timezone.now())
    end_sessions(user)
    record(verbs.PERSON_DEACTIVATED, user, by=by, name=user.name)


@transaction.atomic
def reactivate(user: User, *, by: Actor) -> None:
    ensure(may_manage(by, user))
    if User.objects.filter(pk=user.pk, is_active=False).update(is_active=True):
        record(verbs.PERSON_REACTIVATED, user, by=by, name=user.name)


@transaction.atomic
def reset_access(user: User, *, by: Actor) -> None:
    """Void password, second step, sessions and keys for programs, so that only a new sign-in link lets them in."""
    ensure(may_manage(by, user))
    user.set_unusable_password()
    user.save(update_fields=["password"])
    Authenticator.objects.filter(user=user).delete()
    user.tokens.filter(revoked_at=None).update(revoked_at=timezone.now())
    end_sessions(user)
    record(verbs.ACCESS_RESET, user, by=by, name=user.name)


@transaction.atomic
def choose_password(user: User, password: str, *, by: Actor, hasher: str = "default") -> None:
    """Set the password that the person chose. The door has held it against the password rules."""
    ensure(is_oneself(by, user))
    user.password = make_password(password, hasher=hasher)
    user.save(update_fields=["password"])
    record(verbs.PASSWORD_CHANGED, user, by=by, name=user.name)


def keep_sound(user: User) -> None:
    """Raise BadInput, naming the field, where the row is not what it must be."""
    user.username = username_key(user.username)
    user.name = user.name.strip()
    ensure_sound(user)
    if User.objects.filter(username=user.username).exclude(pk=user.pk).exists():
        raise BadInput(_("Somebody already has this sign-in name."), field="username")
    if user.team and user.team.department_id != user.department_id:
        raise BadInput(_("The team belongs to another department."), field="team")


def ensure_somebody_administers() -> None:
    """Raise LastAdministrator when nobody who may change settings would be left; two at once take turns."""
    take_turns("staff.administrators")
    if not User.objects.administrators().exists():
        raise LastAdministrator(
            _("Nobody would be left who may change settings. Make somebody else administrator first.")
        )


def end_sessions(user: User) -> None:
    for session in UserSession.objects.filter(user=user):
        session.end()
