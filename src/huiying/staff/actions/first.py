"""The very first administrator, and the one called to the rescue from the command line."""

from __future__ import annotations

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from huiying.journal.actors import Actor, ActorKind
from huiying.kit.guards import DomainError
from huiying.kit.text import username_key
from huiying.kit.turns import take_turns
from huiying.staff.actions.people import add_person, reactivate, reset_access
from huiying.staff.drafts import PersonDraft
from huiying.staff.models import Role, User
from huiying.staff.powers import ADMINISTER
from huiying.staff.starter import ADMINISTRATOR, install_starter_pack

COMMAND_LINE = Actor(kind=ActorKind.SYSTEM, name="command-line")
FIRST_START = Actor(kind=ActorKind.SYSTEM, name="first-start")


class AlreadyBegun(DomainError):
    """The first administrator exists already."""

    code = "already-begun"


@transaction.atomic
def begin(username: str, name: str, password: str) -> User:
    """Make the first administrator, who chose the password on the first start page. Raises AlreadyBegun."""
    take_turns("staff.administrators")
    if User.objects.administrators().exists():
        raise AlreadyBegun(_("There is an administrator already. Please sign in."))
    user = add_person(administrator_draft(username, name), by=FIRST_START)
    user.set_password(password)
    user.save(update_fields=["password"])
    return user


@transaction.atomic
def appoint_administrator(username: str, name: str = "") -> User:
    """Add an administrator, or give one who lost access a fresh start; the sign-in link does the rest.

    Raises DomainError for somebody who is no administrator: roles are changed on the settings page.
    """
    user: User | None = User.objects.with_standing().filter(username=username_key(username)).first()
    if user is None:
        return add_person(administrator_draft(username, name or username), by=COMMAND_LINE)
    if ADMINISTER not in user.role.powers:
        raise DomainError(_("{name} is no administrator. Choose another sign-in name.").format(name=user.name))
    reactivate(user, by=COMMAND_LINE)
    reset_access(user, by=COMMAND_LINE)
    user.refresh_from_db()
    return user


def administrator_draft(username: str, name: str) -> PersonDraft:
    role = Role.objects.filter(code=ADMINISTRATOR).first()
    if role is None or ADMINISTER not in role.powers:
        role = next((other for other in Role.objects.all() if ADMINISTER in other.powers), role)
    if role is None:
        install_starter_pack()
        role = Role.objects.get(code=ADMINISTRATOR)
    return PersonDraft(username=username, name=name, role=role)
