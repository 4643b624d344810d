"""The words a customer is found by. Phones and addresses are not among them: they are found by their keys only."""

from __future__ import annotations

from collections.abc import Iterable

from huiying.customers.models import Customer
from huiying.search.index import index


def index_customer(customer: Customer, *, contact_names: Iterable[str] | None = None) -> None:
    """Make the customer findable; give the contacts' names where they are at hand to spare a query."""
    names = customer.contacts.values_list("name", flat=True) if contact_names is None else contact_names
    index(customer, *words_of(customer, names))


def words_of(customer: Customer, contact_names: Iterable[str]) -> list[str]:
    return [customer.name, customer.number, customer.external_ref, customer.credit_code, *contact_names]
