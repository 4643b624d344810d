"""The list of customers as rows of a sheet; its numbers are covered, or whole for who may take them along."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

from django.utils.timezone import localdate
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from huiying.customers.drafts import AMOUNT_FIELDS
from huiying.customers.models import Customer, Reach
from huiying.customers.models.customer import CustomerQuerySet
from huiying.customers.policies import may_see_amounts
from huiying.customers.queries.shown import Hit, fact_name, hits
from huiying.journal.actors import Actor
from huiying.kit.guards import Sentence
from huiying.kit.sheets import Row

EXPORTED_AT_MOST = 20_000
AT_ONCE = 1_000
FIELDS = (
    *("number", "name", "external_ref", "kind", "tier", "status", "owner", "credit_code", "region", "address"),
    *("industry", "main_business", "headcount", "revenue", "yearly_purchases", "source", "first_contact_on", "since"),
    *("decision_maker", "preferences", "special_requirements", "remarks"),
)
CHOICES = {"kind", "tier", "status"}


@dataclass(frozen=True)
class Numbers:
    """How to reach the customers of a list: the columns, and for each customer what stands in them."""

    heading: tuple[Sentence, ...]
    of: Callable[[Sequence[Hit]], list[list[str]]]


def covered(some: Sequence[Hit]) -> list[list[str]]:
    return [[hit.phone] for hit in some]


def whole(some: Sequence[Hit]) -> list[list[str]]:
    """Return every number and address of each customer, the main contact's first; one statement for all."""
    known: dict[tuple[int, str], list[str]] = defaultdict(list)
    reaches = Reach.objects.filter(customer__in=[hit.customer.pk for hit in some])
    for key, kind, value in reaches.order_by("-contact__is_main", "id").values_list("customer_id", "kind", "value"):
        known[key, kind].append(value)
    return [["、".join(known[hit.customer.pk, kind]) for kind in Reach.Kind] for hit in some]


COVERED = Numbers((gettext_lazy("covered phone"),), covered)
WHOLE = Numbers(tuple(kind.label for kind in Reach.Kind), whole)


def sheet_rows(customers: CustomerQuerySet, numbers: Numbers = COVERED, *, by: Actor) -> Iterator[Row]:
    """Yield the heading and one row a customer, in batches that fit in memory."""
    names = [name for name in FIELDS if name not in AMOUNT_FIELDS or may_see_amounts(by)]
    yield [*map(fact_name, names), _("contact"), *map(str, numbers.heading), _("tags")]
    some: list[Customer] = []
    for customer in customers.for_list().iterator(chunk_size=AT_ONCE):
        some.append(customer)
        if len(some) == AT_ONCE:
            yield from rows_of(some, names, numbers)
            some = []
    yield from rows_of(some, names, numbers)


def rows_of(customers: Sequence[Customer], names: Sequence[str], numbers: Numbers) -> Iterator[Row]:
    some = hits(customers, today=localdate())
    for hit, ways in zip(some, numbers.of(some), strict=True):
        yield row_of(hit, names, ways)


def row_of(hit: Hit, names: Sequence[str], ways: Sequence[str]) -> Row:
    customer = hit.customer
    tags = "、".join(tag.name for tag in customer.tags.all())
    return [*(said(customer, name) for name in names), hit.contact, *ways, tags]


def said(customer: Customer, name: str) -> object:
    value = getattr(customer, f"get_{name}_display")() if name in CHOICES else getattr(customer, name)
    return "" if value is None else str(value)
