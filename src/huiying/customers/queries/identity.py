"""Whom do these words belong to? Used by every door through which a case comes in; sees every customer."""

from __future__ import annotations

from django.db.models import Exists, OuterRef, Q, QuerySet

from huiying.customers.models import Contact, Customer, Reach
from huiying.customers.numbers import email_key, name_key, phone_key
from huiying.customers.queries.merged import numbered, staying_keys


def identify(*, phone: str = "", email: str = "", name: str = "", number: str = "") -> Customer | None:
    """Return the customer known by these words, or None.

    Our number counts most, then phone, then e-mail; the name chooses between those who share one, else whoever was
    known first. A name alone finds one organisation, or one person of whom we know nothing else.
    """
    if number:
        return numbered(number, among=Customer.objects.all()).first()
    keys = _reach_keys(phone, email)
    return _by_reach(keys, name) if keys else _by_name(name)


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
    if not key:
        return None
    reached = Exists(Reach.objects.filter(customer=OuterRef("pk")))
    alone = ~reached & Q(merged_into=None)  # whose numbers went to another with a merge is not unreachable
    found = _called(Customer.objects.filter(Q(kind=Customer.Kind.ORGANISATION) | alone, name_key=key))
    return found[0] if len(found) == 1 else None


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
