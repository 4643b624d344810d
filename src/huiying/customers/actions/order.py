"""What a customer bought (SPEC A2)."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from huiying.customers import verbs
from huiying.customers.actions.freshness import touch
from huiying.customers.drafts import ORDER_FIELDS, OrderDraft, apply
from huiying.customers.models import Block, Customer, Order
from huiying.customers.policies import NO_AMOUNTS, may_revise, may_see_amounts
from huiying.journal.actors import Actor
from huiying.journal.entries import record
from huiying.kit.guards import BadInput, ensure, ensure_sound
from huiying.kit.turns import take_turns


@transaction.atomic
def add_order(customer: Customer, draft: OrderDraft, *, by: Actor, at: datetime) -> Order:
    """Enter an order. Its number is one in the whole installation."""
    ensure(may_revise(by, customer))
    order = Order(customer=customer)
    apply(draft, order, ORDER_FIELDS)
    keep_sound(order)
    order.save(force_insert=True)
    touch(customer, Block.ORDERS, by=by, at=at)
    record(verbs.ORDERED, order, by=by, at=at, number=order.number, amount=str(order.amount))
    return order


@transaction.atomic
def revise_order(order: Order, draft: OrderDraft, *, by: Actor, at: datetime) -> None:
    """Change what is known of an order."""
    ensure(may_revise(by, order.customer))
    changed = apply(draft, order, ORDER_FIELDS)
    ensure(may_see_amounts(by) or "amount" not in changed, NO_AMOUNTS)
    if changed:
        keep_sound(order)
        order.save(update_fields=changed)
        touch(order.customer, Block.ORDERS, by=by, at=at)
        record(verbs.ORDER_REVISED, order, by=by, at=at, number=order.number, fields=changed)


def keep_sound(order: Order) -> None:
    order.number, order.product = order.number.strip(), order.product.strip()
    ensure_sound(order)
    take_turns(f"order {order.number}")
    if Order.objects.filter(number=order.number).exclude(pk=order.pk).exists():
        raise BadInput(_("The order {number} is already in the archive.").format(number=order.number), field="number")
