"""The list of customers as rows of a sheet: what leaves the house has its phone numbers covered."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from django.utils.timezone import localdate
from django.utils.translation import gettext as _

from huiying.customers.drafts import AMOUNT_FIELDS
from huiying.customers.models import Customer
from huiying.customers.models.customer import CustomerQuerySet
from huiying.customers.policies import may_see_amounts
from huiying.customers.queries.shown import Hit, fact_name, hits
from huiying.journal.actors import Actor
from huiying.kit.sheets import Row

EXPORTED_AT_MOST = 20_000
AT_ONCE = 1_000
FIELDS = (
    *("number", "name", "external_ref", "kind", "tier", "status", "owner", "credit_code", "region", "address"),
    *("industry", "main_business", "headcount", "revenue", "yearly_purchases", "source", "first_contact_on", "since"),
    *("decision_maker", "preferences", "special_requirements", "remarks"),
)
CHOICES = {"kind", "tier", "status"}


def sheet_rows(customers: CustomerQuerySet, *, by: Actor) -> Iterator[Row]:
    """Yield the heading and one row a customer, in batches that fit in memory."""
    names = [name for name in FIELDS if name not in AMOUNT_FIELDS or may_see_amounts(by)]
    yield [*map(fact_name, names), _("contact"), _("covered phone"), _("tags")]
    some: list[Customer] = []
    for customer in customers.for_list().iterator(chunk_size=AT_ONCE):
        some.append(customer)
        if len(some) == AT_ONCE:
            yield from rows_of(some, names)
            some = []
    yield from rows_of(some, names)


def rows_of(customers: Sequence[Customer], names: Sequence[str]) -> Iterator[Row]:
    for hit in hits(customers, today=localdate()):
        yield row_of(hit, names)


def row_of(hit: Hit, names: Sequence[str]) -> Row:
    customer = hit.customer
    tags = "、".join(tag.name for tag in customer.tags.all())
    return [*(said(customer, name) for name in names), hit.contact, hit.phone, tags]


def said(customer: Customer, name: str) -> object:
    value = getattr(customer, f"get_{name}_display")() if name in CHOICES else getattr(customer, name)
    return "" if value is None else str(value)
