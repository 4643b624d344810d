"""Whom do these words belong to? Used by every door through which a case comes in; sees every customer."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection
from typing import NamedTuple

from django.db.models import Exists, OuterRef, Q, QuerySet

from huiying.customers.models import Contact, Customer, Reach
from huiying.customers.numbers import email_key, name_key, phone_key
from huiying.customers.queries.merged import numbered, staying_keys


class Told(NamedTuple):
    """What a row of somebody's table tells of a person or company; both may be empty."""

    name: str
    phone: str


def identify(*, phone: str = "", email: str = "", name: str = "", number: str = "") -> Customer | None:
    """Return the customer known by these words, or None.

    Our number counts most, then phone, then e-mail; the name chooses between those who share one, else whoever was
    known first. A name alone finds one organisation, or one person of whom we know nothing else.
    """
    if number:
        return numbered(number, among=Customer.objects.all()).first()
    keys = _reach_keys(phone, email)
    return _by_reach(keys, name) if keys else _by_name(name)


def identify_all(told: Collection[Told]) -> dict[Told, Customer | None]:
    """Return, for each, whom `identify` finds by these words; a few statements in all, however many they are."""
    holders = _holders({phone_key(one.phone) for one in told} - {""})
    named = _named({name_key(one.name) for one in told if not phone_key(one.phone)} - {""})

    def known(one: Told) -> Customer | None:
        phone, name = phone_key(one.phone), name_key(one.name)
        if phone:
            return _chosen(holders[phone], name) if phone in holders else None
        return named.get(name)

    return {one: known(one) for one in told}


def find_by_phone(phone: str) -> list[Customer]:
    return _holding([(Reach.Kind.PHONE, phone_key(phone))])


def find_by_email(email: str) -> list[Customer]:
    return _holding([(Reach.Kind.EMAIL, email_key(email))])


def find_by_name(name: str) -> list[Customer]:
    key = name_key(name)
    return list(_called(Customer.objects.filter(name_key=key))[:20]) if key else []


def email_of(customer: Customer, contact: Contact | None = None) -> str:
    """Return the contact's e-mail address, else the first of the customer's main contact; "" where none is known."""
    known = customer.reaches.filter(kind=Reach.Kind.EMAIL).select_related("contact")
    wanted = contact.pk if contact else None
    first = min(known, key=lambda r: (r.contact_id != wanted, not r.contact.is_main, r.pk), default=None)
    return first.value if first else ""


def _reach_keys(phone: str, email: str) -> list[tuple[str, str]]:
    keys = [(str(Reach.Kind.PHONE), phone_key(phone)), (str(Reach.Kind.EMAIL), email_key(email))]
    return [(kind, key) for kind, key in keys if key]


def _by_reach(keys: list[tuple[str, str]], name: str) -> Customer | None:
    """Phones come first in `keys`: an e-mail address decides only where no phone is known."""
    found = _reaches(keys)
    for kind, _key in keys:
        holders = [reach for reach in found if reach.kind == kind]
        if holders:
            return _chosen(holders, name_key(name))
    return None


def _chosen(holders: list[Reach], wanted: str) -> Customer:
    """Return who is called so; where nobody is, whoever was known first."""
    named = [reach for reach in holders if wanted in {reach.customer.name_key, name_key(reach.contact.name)}]
    return (named or holders)[0].customer


def _by_name(name: str) -> Customer | None:
    key = name_key(name)
    found = _called(_known_by_name().filter(name_key=key)) if key else []
    return found[0] if len(found) == 1 else None


def _known_by_name() -> QuerySet[Customer]:
    """Keep organisations, and people of whom we know nothing else."""
    reached = Exists(Reach.objects.filter(customer=OuterRef("pk")))
    alone = ~reached & Q(merged_into=None)  # whose numbers went to another with a merge is not unreachable
    return Customer.objects.filter(Q(kind=Customer.Kind.ORGANISATION) | alone)


def _named(keys: Collection[str]) -> dict[str, Customer]:
    """Return the one customer of each name, where there is but one."""
    pairs = list(_known_by_name().filter(name_key__among=keys).values_list("pk", "name_key")) if keys else []
    stays = staying_keys(pk for pk, _key in pairs)
    meant: defaultdict[str, set[int]] = defaultdict(set)
    for pk, key in pairs:
        meant[key].add(stays[pk])
    alone = {key: pks.pop() for key, pks in meant.items() if len(pks) == 1}
    customers = Customer.objects.in_bulk(set(alone.values()))
    return {key: customers[pk] for key, pk in alone.items()}


def _holders(phones: Collection[str]) -> dict[str, list[Reach]]:
    """Return who holds each number, whoever was known first at the beginning."""
    # without a join: while an import fills the tables, it would be planned for the few rows that there were
    known = Reach.objects.filter(kind=Reach.Kind.PHONE, key__among=phones).order_by("customer_id", "id")
    held: defaultdict[str, list[Reach]] = defaultdict(list)
    for reach in known.prefetch_related("customer", "contact") if phones else ():
        if reach.customer.merged_into_id is None:
            held[reach.key].append(reach)
    return dict(held)


def _called(known: QuerySet[Customer]) -> list[Customer]:
    """Return these, or who stays where they were merged, whoever was known first at the beginning."""
    keys = known.order_by("id").values_list("pk", flat=True)[:20]
    return list(Customer.objects.filter(pk__in=set(staying_keys(keys).values())).order_by("id"))


def _holding(keys: list[tuple[str, str]]) -> list[Customer]:
    return list({reach.customer_id: reach.customer for reach in _reaches(keys)}.values())


def _reaches(keys: list[tuple[str, str]]) -> list[Reach]:
    held = Q()
    for kind, key in keys:
        held |= Q(kind=kind, key=key)
    current = Reach.objects.filter(held, customer__merged_into=None) if held else Reach.objects.none()
    return list(current.select_related("customer", "contact").order_by("customer_id", "id")[:50])
