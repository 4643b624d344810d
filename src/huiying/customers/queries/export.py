"""The list of customers as rows of a sheet: what leaves the house has its phone numbers covered."""

from __future__ import annotations

from collections.abc import Iterator

from django.utils.timezone import localdate
from django.utils.translation import gettext as _

from huiying.customers.models import Customer
from huiying.customers.models.customer import CustomerQuerySet
from huiying.customers.queries.shown import Hit, fact_name, hits
from huiying.kit.sheets import Row

EXPORTED_AT_MOST = 20_000
AT_ONCE = 1_000
FIELDS = (
    *("number", "name", "external_ref", "kind", "tier", "status", "owner", "credit_code", "region", "address"),
    *("industry", "main_business", "headcount", "revenue", "yearly_purchases", "source", "first_contact_on", "since"),
    *("decision_maker", "preferences", "special_requirements", "remarks"),
)
CHOICES = {"kind", "tier", "status"}


def sheet_rows(customers: CustomerQuerySet) -> Iterator[Row]:
    """Yield the heading and one row a customer, in batches that fit in memory."""
    yield [*map(fact_name, FIELDS), _("contact"), _("covered phone"), _("tags")]
    some: list[Customer] = []
    for customer in customers.for_list().iterator(chunk_size=AT_ONCE):
        some.append(customer)
        if len(some) == AT_ONCE:
            yield from map(row_of, hits(some, today=localdate()))
            some = []
    yield from map(row_of, hits(some, today=localdate()))


def row_of(hit: Hit) -> Row:
    customer = hit.customer
    tags = "、".join(tag.name for tag in customer.tags.all())
    return [*(said(customer, name) for name in FIELDS), hit.contact, hit.phone, tags]


def said(customer: Customer, name: str) -> object:
    value = getattr(customer, f"get_{name}_display")() if name in CHOICES else getattr(customer, name)
    return "" if value is None else str(value)
