"""Roles: what their people may do, how far they see, what they may promise alone."""

from __future__ import annotations

from copy import copy
from dataclasses import dataclass

from django.db import transaction
from django.utils.crypto import get_random_string
from django.utils.translation import gettext_lazy as _

from huiying.journal.actors import Actor
from huiying.journal.entries import record
from huiying.kit.guards import BadInput, DomainError, ensure, ensure_sound
from huiying.staff import verbs
from huiying.staff.actions.people import ensure_somebody_administers
from huiying.staff.drafts import Changes, RoleDraft, apply
from huiying.staff.models import Role
from huiying.staff.policies import may_grant, may_manage_people
from huiying.staff.powers import ALL_POWERS

ROLE_FIELDS = ("name", "name_en", "case_scope", "customer_scope", "approval_limit")
BEYOND_OWN = _("You cannot give a role powers that you do not have yourself.")


@transaction.atomic
def add_role(draft: RoleDraft, *, by: Actor) -> Role:
    ensure(may_manage_people(by))
    role = Role(code=f"role-{get_random_string(8).lower()}", powers=sorted(draft.powers))
    apply(draft, role, ROLE_FIELDS)
    ensure(may_grant(by, role), BEYOND_OWN)
    keep_sound(role)
    role.save()
    record(verbs.ROLE_ADDED, role, by=by, name=role.name, code=role.code)
    return role


@dataclass(frozen=True)
class Preview:
    """What a draft would change about a role."""

    changes: Changes
    granted: list[str]
    taken: list[str]

    @property
    def changes_anything(self) -> bool:
        return bool(self.changes or self.granted or self.taken)

    @property
    def in_words(self) -> str:
        return verbs.changes_in_words(self.changes)

    @property
    def granted_in_words(self) -> str:
        return verbs.powers_in_words(self.granted) if self.granted else ""

    @property
    def taken_in_words(self) -> str:
        return verbs.powers_in_words(self.taken) if self.taken else ""


def preview(role: Role, draft: RoleDraft) -> Preview:
    """Return what the draft would change, changing nothing."""
    return changes_to(copy(role), draft)


@transaction.atomic
def change_role(role: Role, draft: RoleDraft, *, by: Actor) -> None:
    """Change the role for everybody who has it, from their next request on."""
    ensure(may_grant(by, role), BEYOND_OWN)
    made = changes_to(role, draft)
    ensure(may_grant(by, role), BEYOND_OWN)
    keep_sound(role)
    role.save()
    ensure_somebody_administers()
    if made.changes:
        record(verbs.ROLE_CHANGED, role, by=by, name=role.name, changes=made.changes)
    if made.granted or made.taken:
        record(verbs.ROLE_GRANTED, role, by=by, name=role.name, granted=made.granted, taken=made.taken)


@transaction.atomic
def remove_role(role: Role, *, by: Actor) -> None:
    """Remove a role that nobody has."""
    ensure(may_grant(by, role), BEYOND_OWN)
    count = role.users.count()
    if count:
        raise DomainError(_("{n} people have this role. Give them another one first.").format(n=count))
    record(verbs.ROLE_REMOVED, role, by=by, name=role.name, code=role.code)
    role.delete()


def changes_to(role: Role, draft: RoleDraft) -> Preview:
    """Put the draft on the row and return what differs."""
    held = set(role.powers)
    role.powers = sorted(draft.powers)
    changes = apply(draft, role, ROLE_FIELDS)
    return Preview(changes, granted=sorted(draft.powers - held), taken=sorted(held - draft.powers))


def keep_sound(role: Role) -> None:
    role.name = role.name.strip()
    ensure_sound(role)
    if unknown := set(role.powers) - ALL_POWERS:
        raise BadInput(_("There is no power called {code}.").format(code=sorted(unknown)[0]), field="powers")
