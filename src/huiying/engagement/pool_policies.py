"""Who may do what with the public pool. The same predicate guards the action and shows the button."""

from __future__ import annotations

from huiying.customers.models import Customer
from huiying.engagement.policies import may_claim, may_hand_over_for, may_lead, may_work
from huiying.journal.actors import Actor


def may_see_pool(by: Actor) -> bool:
    return by.can("customers.see") and (may_claim(by) or may_lead(by))


def may_assign(by: Actor) -> bool:
    return may_see_pool(by) and may_lead(by)


def looks_after(by: Actor, customer: Customer) -> bool:
    return by.is_staff and customer.owner_id is not None and customer.owner_id == by.pk


def may_release(by: Actor, customer: Customer) -> bool:
    """Who looks after the customer, or leads."""
    return customer.owner_id is not None and may_keep(by, customer)


def may_keep(by: Actor, customer: Customer) -> bool:
    """Lock a customer against the pool, or lift the lock."""
    return customer.merged_into_id is None and (may_lead(by) or (may_work(by) and looks_after(by, customer)))


def may_extend(by: Actor, customer: Customer) -> bool:
    return may_work(by) and looks_after(by, customer)


def may_give(by: Actor, customer: Customer) -> bool:
    """Hand one customer over: who looks after them, or who may hand over for whoever does."""
    if customer.merged_into_id is not None or customer.owner_id is None:
        return False
    return (may_work(by) and looks_after(by, customer)) or may_hand_over_for(by, customer.owner_id)


def may_set_pool_rules(by: Actor) -> bool:
    return by.can("settings.manage")
