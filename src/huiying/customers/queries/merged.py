"""Who stays where customers were merged: each number, name and line of the journal leads to that one (SPEC A7)."""

from __future__ import annotations

from collections.abc import Collection, Iterable

from django.db.models import Q

from huiying.customers.models import Customer
from huiying.customers.models.customer import CustomerQuerySet


def staying_keys(keys: Iterable[int]) -> dict[int, int]:
    """Return, for each customer's key, the key of the one who stays: their own where they were not merged."""
    stays = {key: key for key in keys}
    return _followed(stays, _pointers(stays))


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


def numbered_keys(numbers: Collection[str]) -> dict[str, int]:
    """Return the customer's key for each outside number and each of our own; a merged one's leads to who stays.

    Where several bear the same outside number, whoever bears it themselves comes before who bears it by a merge.
    """
    if not numbers:
        return {}
    known = Customer.objects.filter(external_ref__among=numbers).order_by("-pk")
    bearers = list(known.values_list("external_ref", "pk", "merged_into_id"))
    own = list(Customer.objects.filter(number__among=numbers).values_list("number", "pk", "merged_into_id"))
    pointers = {key: into for _number, key, into in [*bearers, *own]}
    stays = _followed({key: key for key in pointers}, {key: into for key, into in pointers.items() if into is not None})
    in_order = sorted(bearers, key=lambda bearer: stays[bearer[1]] == bearer[1])
    return {number: stays[key] for number, key, _into in [*in_order, *own]}


def numbered_all(numbers: Collection[str]) -> dict[str, Customer]:
    """Return the customers themselves, by each number."""
    keys = numbered_keys(numbers)
    customers = Customer.objects.in_bulk(set(keys.values()))
    return {number: customers[key] for number, key in keys.items()}


def _followed(ends: dict[int, int], pointers: dict[int, int]) -> dict[int, int]:
    """Return the ends, each moved along the pointers as far as they lead."""
    while pointers:
        ends = {key: pointers.get(end, end) for key, end in ends.items()}
        pointers = _pointers(set(pointers.values()))
    return ends


def _pointers(keys: Collection[int]) -> dict[int, int]:
    merged = Customer.objects.filter(~Q(merged_into=None), pk__among=keys).values_list("pk", "merged_into_id")
    return {key: into for key, into in merged if into is not None}
