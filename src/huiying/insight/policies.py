"""Who may look into value and churn, and work on them. The same predicate guards the action and shows the button."""

from __future__ import annotations

from huiying.engagement.policies import may_lead, may_work
from huiying.insight.models import Play
from huiying.journal.actors import Actor


def may_see_value(by: Actor) -> bool:
    return by.can("customers.see")


def may_see_amounts(by: Actor) -> bool:
    return by.can("customers.amounts")


def may_export(by: Actor) -> bool:
    return by.can("customers.export")


def may_arrange(by: Actor) -> bool:
    """Set weights, thresholds and recipes, and have everything reckoned anew."""
    return by.can("settings.manage")


def may_see_warnings(by: Actor) -> bool:
    return by.can("customers.see") and may_work(by)


def may_begin_play(by: Actor) -> bool:
    return may_work(by)


def may_work_on(by: Actor, play: Play) -> bool:
    """Tick steps off, end the play: its owner, and who leads care."""
    return may_work(by) and (play.owner_id == by.pk or may_lead(by) or play.customer.owner_id == by.pk)
