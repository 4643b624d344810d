"""Who may change deadlines. The same predicate guards the action and shows the page."""

from __future__ import annotations

from huiying.journal.actors import Actor
from huiying.staff.powers import ADMINISTER


def may_set_deadlines(by: Actor) -> bool:
    return by.can(ADMINISTER)
