"""What is said of a customer, a contact and an order."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Annotated, Any

from django.shortcuts import get_object_or_404
from ninja import Schema
from pydantic import Field, PlainSerializer, StringConstraints, WithJsonSchema

from huiying.customers.drafts import AMOUNT_FIELDS
from huiying.customers.models import Contact, Customer, Order, Reach, Status, Tier
from huiying.customers.policies import may_see_amounts
from huiying.customers.queries.merged import numbered
from huiying.customers.queries.shown import masked
from huiying.journal.actors import Actor
from huiying.kit.rest import Code, Moment
from huiying.staff.api import Person, person
from huiying.staff.http import ApiRequest

Amount = Annotated[
    Decimal,
    Field(max_digits=14, decimal_places=2),
    PlainSerializer(lambda amount: f"{amount:.2f}", return_type=str),
    WithJsonSchema({"type": "string", "pattern": r"^-?\d{1,12}(\.\d{1,2})?$", "examples": ["3999.00"]}),
]
Name = Annotated[str, StringConstraints(min_length=1, max_length=120, strip_whitespace=True)]
ShortName = Annotated[str, StringConstraints(min_length=1, max_length=60, strip_whitespace=True)]
UpTo60 = Annotated[str, StringConstraints(max_length=60)]


class ReachShown(Schema):
    """One way to reach somebody, with its middle covered; `customers/{number}/uncovering` shows it whole."""

    id: int
    kind: Code[Reach.Kind]
    value: str


class ContactShown(Schema):
    """Somebody to speak with."""

    id: int
    customer: str
    name: str
    title: str
    birthday: date | None
    preferred_channel: str
    preferred_hours: str
    do_not_contact: bool
    is_main: bool
    left_on: date | None
    consent_at: Moment | None
    reaches: list[ReachShown]


class OrderShown(Schema):
    """What was bought; `amount` is empty for whoever may see no amounts."""

    number: str
    customer: str
    product: str
    quantity: Amount
    amount: Amount | None
    ordered_on: date
    state: str
    logistics_number: str


class CustomerBrief(Schema):
    """A customer as lists show them. `lifetime_value` (of the next 12 months) and `churn` are only for whoever may see
    amounts.
    """

    number: str
    name: str
    kind: Code[Customer.Kind]
    tier: Code[Tier]
    status: Code[Status]
    owner: Person | None
    region: str
    external_ref: str
    tags: list[str]
    version: int
    lifetime_value: Amount | None
    churn: int | None


class CustomerWhole(CustomerBrief):
    """Everything the archive keeps of a customer, contacts included; amounts only for whoever may see them."""

    credit_code: str
    industry: str
    headcount: int | None
    revenue: Amount | None
    yearly_purchases: Amount | None
    main_business: str
    source: str
    address: str
    first_contact_on: date | None
    expected_on: date | None
    since: date | None
    in_project: bool
    decision_maker: str
    preferences: str
    special_requirements: str
    remarks: str
    created_at: Moment
    updated_at: Moment
    contacts: list[ContactShown]


def visible_customer(request: ApiRequest, number: str) -> Customer:
    customers = Customer.objects.visible_to(request.actor).for_page()
    return get_object_or_404(numbered(number, among=customers))


def brief(customer: Customer, *, by: Actor) -> CustomerBrief:
    return CustomerBrief(**brief_facts(customer, by=by))


def whole(customer: Customer, *, by: Actor) -> CustomerWhole:
    own = [name for name in CustomerWhole.model_fields if name not in CustomerBrief.model_fields and name != "contacts"]
    contacts = customer.contacts.prefetch_related("reaches").select_related("customer")
    return CustomerWhole(
        **brief_facts(customer, by=by),
        **{name: getattr(customer, name) for name in own} | hidden_amounts(by),
        contacts=[contact_shown(contact) for contact in contacts],
    )


def hidden_amounts(by: Actor) -> dict[str, None]:
    return {} if may_see_amounts(by) else dict.fromkeys(AMOUNT_FIELDS)


def brief_facts(customer: Customer, *, by: Actor) -> dict[str, Any]:
    plain = ("number", "name", "kind", "tier", "status", "region", "external_ref", "version")
    figures = getattr(customer, "figures", None) if may_see_amounts(by) else None
    return {
        **{name: getattr(customer, name) for name in plain},
        "owner": person(customer.owner),
        "tags": [tag.name for tag in customer.tags.all()],
        **{name: getattr(figures, name, None) for name in ("lifetime_value", "churn")},
    }


def contact_shown(contact: Contact) -> ContactShown:
    plain = (
        *("name", "title", "birthday", "preferred_channel", "preferred_hours"),
        *("do_not_contact", "is_main", "left_on", "consent_at"),
    )
    return ContactShown(
        id=contact.pk,
        customer=contact.customer.number,
        reaches=[reach_shown(reach, masked(reach)) for reach in contact.reaches.all()],
        **{name: getattr(contact, name) for name in plain},
    )


def order_shown(order: Order, *, by: Actor) -> OrderShown:
    plain = ("number", "product", "quantity", "amount", "ordered_on", "state", "logistics_number")
    shown = {name: getattr(order, name) for name in plain}
    amount = order.amount if may_see_amounts(by) else None
    return OrderShown(customer=order.customer.number, **shown | {"amount": amount})


def reach_shown(reach: Reach, value: str) -> ReachShown:
    return ReachShown(id=reach.pk, kind=Reach.Kind(reach.kind), value=value)
