"""Who stays where customers were merged: each number, name and line of the journal leads to that one (SPEC A7)."""

from __future__ import annotations

from collections.abc import Collection, Iterable

from django.db.models import Q, QuerySet

from huiying.customers.models import Customer
from huiying.customers.models.customer import CustomerQuerySet


def staying_keys(keys: Iterable[int]) -> dict[int, int]:
    """Return, for each customer's key, the key of the one who stays: their own where they were not merged."""
    stays = {key: key for key in keys}
    pointers = dict(_pointers(Customer.objects.filter(pk__in=stays)))
    while pointers:
        stays = {key: pointers.get(end, end) for key, end in stays.items()}
        pointers = dict(_pointers(Customer.objects.filter(pk__in=set(pointers.values()))))
    return stays


def keys_of(customer: Customer) -> list[int]:
    """Return the customer's key and those of all who were merged into them: the journal never moves."""
    return list(borne_by([customer.pk]))


def borne_by(customers: Iterable[int]) -> dict[int, int]:
    """Return the keys of these customers and of all who were merged into them, each with the key of who stays."""
    borne = latest = {key: key for key in customers}
    while latest:
        merged = Customer.objects.filter(merged_into__in=latest).values_list("pk", "merged_into_id")
        latest = {key: latest[into] for key, into in merged if into is not None}
        borne = borne | latest
    return borne


def numbered(number: str, *, among: CustomerQuerySet) -> CustomerQuerySet:
    """Keep of these whom the number belongs to, or has belonged to before a merge."""
    known = Customer.objects.filter(number=number.strip().upper()).values_list("pk", "merged_into_id").first()
    if known is None:
        return among.none()
    key, into = known
    return among.filter(pk=key if into is None else staying_keys([into])[into])


def numbered_all(numbers: Collection[str]) -> dict[str, Customer]:
    """Return the customer of each outside number and each of our own; a merged one's leads to who stays.

    Where several bear the same outside number, whoever bears it themselves comes before who bears it by a merge.
    """
    if not numbers:
        return {}
    known = Customer.objects.filter(external_ref__in=numbers).values_list("external_ref", "pk").order_by("-pk")
    own = Customer.objects.filter(number__in=numbers).values_list("number", "pk")
    pairs = [*known, *own]
    stays = staying_keys(key for _number, key in pairs)
    customers = Customer.objects.in_bulk(set(stays.values()))
    in_order = sorted(pairs, key=lambda pair: stays[pair[1]] == pair[1])
    return {number: customers[stays[key]] for number, key in [*in_order, *own]}


def _pointers(customers: QuerySet[Customer]) -> Iterable[tuple[int, int]]:
    merged = customers.filter(~Q(merged_into=None)).values_list("pk", "merged_into_id")
    return [(key, into) for key, into in merged if into is not None]
