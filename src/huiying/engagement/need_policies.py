"""Who may do what with needs. The same predicate guards the action and shows the button."""

from __future__ import annotations

from huiying.customers.models import Customer
from huiying.engagement.models.need import Consultation, Need
from huiying.engagement.policies import may_lead, may_work
from huiying.journal.actors import Actor


def may_add_need(by: Actor, customer: Customer) -> bool:
    return may_work(by) and customer.merged_into_id is None


def may_work_on(by: Actor, need: Need) -> bool:
    """Those who care for customers and see this one; who was only consulted answers their question."""
    return may_work(by) and Customer.objects.visible_to(by).filter(pk=need.customer_id).exists()


def may_answer(by: Actor, asked: Consultation) -> bool:
    return asked.person_id == by.pk or may_lead(by)


def may_price(by: Actor) -> bool:
    return by.can("customers.amounts")


def may_set_rules(by: Actor) -> bool:
    return may_lead(by)
