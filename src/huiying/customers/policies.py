"""Who may do what with customers. The same predicate guards the action and shows the button."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from huiying.customers.models import Customer
from huiying.customers.verbs import AMOUNTS
from huiying.journal.actors import Actor

NO_AMOUNTS = _("Your role does not let you see or change amounts of money.")


def may_see(by: Actor) -> bool:
    return by.can("customers.see")


def may_create(by: Actor) -> bool:
    return by.can("customers.edit")


def may_revise(by: Actor, customer: Customer) -> bool:
    return by.can("customers.edit") and customer.merged_into_id is None


def may_uncover(by: Actor) -> bool:
    """Whole phone numbers and addresses are shown one at a time, on demand, and each look is written down."""
    return by.can("customers.uncover")


def may_see_amounts(by: Actor) -> bool:
    """Revenue, purchases, amounts of orders, value, and where these place somebody among all: whoever may not see them
    is shown, told and sent none, nor a list in their order. A tier or a segment is for everybody who works by it."""
    return by.can(AMOUNTS)


def may_set_tier_rules(by: Actor) -> bool:
    """Say by which rules customers come into a tier, and the numbers around it."""
    return by.can("settings.manage")


def may_arrange_reviews(by: Actor) -> bool:
    return by.can("settings.manage")


def may_import(by: Actor) -> bool:
    return by.can("customers.import")


def may_export(by: Actor) -> bool:
    return by.can("customers.export")


def may_merge(by: Actor) -> bool:
    """Merging asks besides that both customers are visible to the actor."""
    return by.can("customers.merge")
