"""Customers as lists and cards show them: numbers and addresses masked before a template ever sees them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from django.db.models import F
from django.utils.timezone import localdate

from huiying.customers.drafts import AMOUNT_FIELDS
from huiying.customers.models import Contact, Customer, Reach
from huiying.customers.policies import may_see_amounts
from huiying.journal.actors import Actor
from huiying.kit import times
from huiying.kit.masking import mask_email, mask_phone
from huiying.kit.templatetags.kit import money

FACTS = (
    "credit_code",
    "region",
    "address",
    "industry",
    "main_business",
    "headcount",
    "revenue",
    "yearly_purchases",
    "source",
    "first_contact_on",
    "since",
    "department",
    "team",
    "remarks",
)
REQUIREMENTS = ("decision_maker", "expected_on", "special_requirements")


@dataclass(frozen=True)
class ShownReach:
    """One way to reach somebody, masked."""

    pk: int
    kind: str
    label: str
    masked: str


@dataclass(frozen=True)
class ShownContact:
    contact: Contact
    reaches: list[ShownReach]


@dataclass(frozen=True)
class Hit:
    """A customer in a list, with the masked phone of the first contact."""

    customer: Customer
    phone: str
    contact: str
    years: int | None


def masked(reach: Reach) -> str:
    """Return the value with its middle covered, whoever asks; `uncover` shows the whole and writes that down."""
    return mask_by_kind(reach.kind, reach.value)


def mask_by_kind(kind: str, value: str) -> str:
    if kind == Reach.Kind.PHONE:
        return mask_phone(value)
    return mask_email(value) if kind == Reach.Kind.EMAIL else f"{value[:1]}***"


def shown(reach: Reach) -> ShownReach:
    return ShownReach(reach.pk, reach.kind, str(Reach.Kind(reach.kind).label), masked(reach))


def hits(customers: Sequence[Customer], *, today: date) -> list[Hit]:
    """Return the customers with the first phone of each; one further statement for all of them."""
    first: dict[int, tuple[str, str]] = {}
    phones = Reach.objects.phones().filter(customer__in=[customer.pk for customer in customers])
    for reach in phones.select_related("contact").order_by("-contact__is_main", "id"):
        first.setdefault(reach.customer_id, (masked(reach), reach.contact.name))
    nothing = ("", "")
    return [Hit(each, *first.get(each.pk, nothing), years_with_us(each, today=today)) for each in customers]


def contacts_of(customer: Customer) -> list[ShownContact]:
    """Return the people to speak with, those who left last; two statements."""
    contacts = customer.contacts.select_related("consent_by").prefetch_related("reaches")
    contacts = contacts.order_by(F("left_on").desc(nulls_first=True), "-is_main", "id")
    return [ShownContact(contact, [shown(reach) for reach in contact.reaches.all()]) for contact in contacts]


def years_with_us(customer: Customer, *, today: date) -> int | None:
    """Return the full years since cooperation began, else since first contact; None where neither is known."""
    begin = customer.since or customer.first_contact_on
    if begin is None or begin > today:
        return None
    return today.year - begin.year - ((today.month, today.day) < (begin.month, begin.day))


def facts_of(customer: Customer, *, by: Actor) -> list[tuple[str, object]]:
    """Return what the archive knows, in the reader's words; what is not known or not for them is left out."""
    names = [name for name in FACTS if name not in AMOUNT_FIELDS or may_see_amounts(by)]
    facts = [(fact_name(name), fact_value(customer, name)) for name in names]
    return [(label, value) for label, value in facts if value not in ("", None)]


def requirements_of(customer: Customer) -> list[tuple[str, object]]:
    """Return who decides and what they insist on, as far as it is known."""
    facts = [(fact_name(name), fact_value(customer, name)) for name in REQUIREMENTS]
    return [(label, value) for label, value in facts if value not in ("", None)]


def fact_name(name: str) -> str:
    return str(Customer._meta.get_field(name).verbose_name)  # type: ignore[union-attr]  # plain fields only


def fact_value(customer: Customer, name: str) -> object:
    value = getattr(customer, name)
    if isinstance(value, Decimal):
        return money(value)
    return times.day_in_words(value, today=localdate()) if isinstance(value, date) else value
