"""Who may do what with people, places, roles and keys. The same predicate guards the action and shows the button."""

from __future__ import annotations

from huiying.journal.actors import Actor
from huiying.staff.actors import StaffActor
from huiying.staff.models import Role, Scope, Token, User
from huiying.staff.powers import ADMINISTER

WIDTHS = list(Scope.values)  # from one's own to everything


def may_manage_people(by: Actor) -> bool:
    return by.can("people.manage")


def may_grant(by: Actor, role: Role) -> bool:
    """Nobody hands out more than they have themselves: neither powers nor sight nor money."""
    holds_all = by.can("people.manage") and all(by.can(power) for power in role.powers)
    return holds_all and (by.can(ADMINISTER) or is_no_wider(role, by))


def is_no_wider(role: Role, by: Actor) -> bool:
    """Say whether the actor sees as far as the role, and may promise as much."""
    if not isinstance(by, StaffActor):
        return False
    sees_cases = WIDTHS.index(role.case_scope) <= WIDTHS.index(by.case_scope)
    sees_customers = WIDTHS.index(role.customer_scope) <= WIDTHS.index(by.customer_scope)
    return sees_cases and sees_customers and role.approval_limit <= by.approval_limit


def may_manage(by: Actor, user: User) -> bool:
    return may_grant(by, user.role)


def may_take_access_from(by: Actor, user: User) -> bool:
    return may_manage(by, user) and not is_oneself(by, user)


def may_read_log(by: Actor) -> bool:
    return by.can("audit.read")


def may_change_settings(by: Actor) -> bool:
    return by.can(ADMINISTER)


def is_oneself(by: Actor, user: User) -> bool:
    return by.is_staff and by.pk == user.pk


def may_note_absence(by: Actor, user: User) -> bool:
    return is_oneself(by, user) or may_manage_people(by)


def may_create_token(by: Actor, user: User) -> bool:
    return is_oneself(by, user) or may_manage(by, user)


def may_revoke(by: Actor, token: Token) -> bool:
    return is_oneself(by, token.user) or may_manage(by, token.user)
