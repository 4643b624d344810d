"""Who may set how people are told. The same predicate guards the action and shows the button."""

from __future__ import annotations

from huiying.journal.actors import Actor
from huiying.staff.models import User
from huiying.staff.powers import ADMINISTER


def may_set_habits(by: Actor, user: User) -> bool:
    """Say whether it is themself: how somebody is told is theirs to choose."""
    return by.is_staff and by.pk == user.pk


def may_keep_robot(by: Actor, owner_id: int | None) -> bool:
    """Say whether the robot is their own, or the company's and they arrange such things."""
    return may_arrange_notices(by) if owner_id is None else by.is_staff and by.pk == owner_id


def may_arrange_notices(by: Actor) -> bool:
    return by.can(ADMINISTER)
