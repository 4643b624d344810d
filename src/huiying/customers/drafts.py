"""What doors fill in: a customer, a contact, an order, as typed and not yet sound."""

from __future__ import annotations

from dataclasses import dataclass, fields
from datetime import date
from decimal import Decimal

from django.db import models
from django.utils.translation import pgettext_lazy

from huiying.customers.models import Contact, Customer, Order, Status
from huiying.staff.models import User


class Door(models.TextChoices):
    """How a customer came into the archive; the journal keeps it with the entry."""

    DESK = "desk", pgettext_lazy("entered", "by a person")
    INTERFACE = "interface", pgettext_lazy("entered", "over the interface")
    INTAKE = "intake", pgettext_lazy("entered", "with a case or message of theirs")
    LIST = "list", pgettext_lazy("entered", "with a list that was brought in")


@dataclass(frozen=True, kw_only=True)
class ContactDraft:
    """A person to speak with. Phones, e-mails and WeChat names are added to those already known, never taken away."""

    name: str
    title: str = ""
    birthday: date | None = None
    preferred_channel: str = ""
    preferred_hours: str = ""
    do_not_contact: bool = False
    phones: tuple[str, ...] = ()
    emails: tuple[str, ...] = ()
    wechats: tuple[str, ...] = ()


@dataclass(frozen=True, kw_only=True)
class CustomerDraft:
    """Everything that may be typed about a customer; tier, tags and contacts have actions of their own."""

    name: str
    kind: str = Customer.Kind.PERSON
    credit_code: str = ""
    industry: str = ""
    headcount: int | None = None
    revenue: Decimal | None = None
    yearly_purchases: Decimal | None = None
    main_business: str = ""
    source: str = ""
    region: str = ""
    address: str = ""
    first_contact_on: date | None = None
    expected_on: date | None = None
    since: date | None = None
    status: str = Status.ACTIVE
    in_project: bool = False
    owner: User | None = None
    decision_maker: str = ""
    preferences: str = ""
    special_requirements: str = ""
    remarks: str = ""
    external_ref: str = ""


@dataclass(frozen=True, kw_only=True)
class OrderDraft:
    """What a customer bought."""

    number: str
    product: str
    ordered_on: date
    quantity: Decimal = Decimal(1)
    amount: Decimal = Decimal(0)
    state: str = ""
    logistics_number: str = ""


Draft = CustomerDraft | ContactDraft | OrderDraft

CUSTOMER_FIELDS = tuple(field.name for field in fields(CustomerDraft))
CONTACT_FIELDS = tuple(
    field.name for field in fields(ContactDraft) if field.name not in {"phones", "emails", "wechats"}
)
AMOUNT_FIELDS = frozenset({"revenue", "yearly_purchases"})
ORDER_FIELDS = tuple(field.name for field in fields(OrderDraft))


def draft_of(customer: Customer) -> CustomerDraft:
    """Return the archive as it stands, to be revised with `dataclasses.replace`."""
    return CustomerDraft(**{name: getattr(customer, name) for name in CUSTOMER_FIELDS})


def contact_draft_of(contact: Contact) -> ContactDraft:
    return ContactDraft(**{name: getattr(contact, name) for name in CONTACT_FIELDS})


def order_draft_of(order: Order) -> OrderDraft:
    return OrderDraft(**{name: getattr(order, name) for name in ORDER_FIELDS})


def apply(draft: Draft, thing: Customer | Contact | Order, names: tuple[str, ...]) -> list[str]:
    """Write the draft onto the row, in memory; return the names of the fields that changed."""
    changed = [name for name in names if getattr(thing, name) != getattr(draft, name)]
    for name in changed:
        setattr(thing, name, getattr(draft, name))
    return changed
