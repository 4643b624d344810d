"""The people to speak with at a customer, and the ways to reach them."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from huiying.customers import verbs
from huiying.customers.actions.freshness import touch
from huiying.customers.drafts import CONTACT_FIELDS, ContactDraft, apply
from huiying.customers.models import Block, Contact, Customer, Reach
from huiying.customers.numbers import email_key, phone_key, sound_email, sound_phone
from huiying.customers.policies import may_revise, may_uncover
from huiying.customers.queries.words import index_customer
from huiying.journal.actors import Actor
from huiying.journal.entries import record
from huiying.kit.guards import BadInput, ensure, ensure_sound
from huiying.kit.text import folded


@transaction.atomic
def add_contact(customer: Customer, draft: ContactDraft, *, by: Actor, at: datetime) -> Contact:
    """Add a person to speak with; the first one is the main contact."""
    ensure(may_revise(by, customer))
    contact = enter_contact(customer, draft, is_main=not customer.contacts.filter(is_main=True).exists())
    index_customer(customer)
    touch(customer, Block.CONTACTS, by=by, at=at)
    record(verbs.CONTACT_ADDED, contact, by=by, at=at)
    return contact


@transaction.atomic
def revise_contact(contact: Contact, draft: ContactDraft, *, by: Actor, at: datetime) -> None:
    """Change what is known of the person and add the phones and addresses the draft names."""
    ensure(may_revise(by, contact.customer))
    changed = apply(draft, contact, CONTACT_FIELDS)
    keep_sound(contact)
    contact.save(update_fields=CONTACT_FIELDS)
    new = enter_reaches(contact, draft)
    if new or changed:
        touch(contact.customer, Block.CONTACTS, by=by, at=at)
    for reach in new:
        record(verbs.REACH_ADDED, contact, by=by, at=at, kind=reach.kind)
    if changed:
        index_customer(contact.customer)
        record(verbs.CONTACT_REVISED, contact, by=by, at=at, fields=changed)


@transaction.atomic
def make_main(contact: Contact, *, by: Actor, at: datetime) -> None:
    """Let this be the person we speak with first."""
    ensure(may_revise(by, contact.customer))
    if contact.left_on is not None:
        raise BadInput(_("Whoever is no longer there cannot be the main contact."), field="is_main")
    contact.customer.contacts.filter(is_main=True).update(is_main=False)
    contact.is_main = True
    contact.save(update_fields=["is_main"])
    touch(contact.customer, Block.CONTACTS, by=by, at=at)
    record(verbs.CONTACT_REVISED, contact, by=by, at=at, fields=["is_main"])


@transaction.atomic
def remove_contact(contact: Contact, *, by: Actor, at: datetime) -> None:
    """Take the person and their numbers out of the archive; the journal keeps that they were there."""
    ensure(may_revise(by, contact.customer))
    touch(contact.customer, Block.CONTACTS, by=by, at=at)
    record(verbs.CONTACT_REMOVED, contact, by=by, at=at)
    customer = contact.customer
    contact.delete()
    successor = customer.contacts.filter(left_on=None).first()
    if successor is not None and not successor.is_main:
        customer.contacts.filter(pk=successor.pk).update(is_main=True)
    index_customer(customer)


@transaction.atomic
def remove_reach(reach: Reach, *, by: Actor, at: datetime) -> None:
    """Forget one phone number, address or WeChat name."""
    ensure(may_revise(by, reach.contact.customer))
    touch(reach.contact.customer, Block.CONTACTS, by=by, at=at)
    record(verbs.REACH_REMOVED, reach.contact, by=by, at=at, kind=reach.kind)
    reach.delete()


@transaction.atomic
def uncover(reach: Reach, *, by: Actor, at: datetime) -> str:
    """Return the whole number or address, and write down who looked."""
    ensure(may_uncover(by), _("Your role does not let you see whole phone numbers and addresses."))
    record(verbs.UNCOVERED, reach.contact, by=by, at=at, kind=reach.kind)
    return reach.value


@transaction.atomic
def uncover_all(customer: Customer, *, by: Actor, at: datetime) -> list[Reach]:
    """Return every way to reach the customer, whole, and write down who looked."""
    ensure(may_uncover(by), _("Your role does not let you see whole phone numbers and addresses."))
    record(verbs.ALL_UNCOVERED, customer, by=by, at=at)
    return list(customer.reaches.select_related("contact"))


def enter_contact(customer: Customer, draft: ContactDraft, *, is_main: bool) -> Contact:
    """Write the contact and its reaches, as part of a larger deed."""
    contact = Contact(customer=customer, is_main=is_main)
    apply(draft, contact, CONTACT_FIELDS)
    keep_sound(contact)
    contact.save(force_insert=True)
    enter_reaches(contact, draft)
    return contact


def enter_reaches(contact: Contact, draft: ContactDraft) -> list[Reach]:
    """Write the reaches that are not known yet; return them. Raises BadInput for a wrong number or address."""
    wanted = reaches_of(contact, draft)
    if not wanted:
        return []
    known = set(contact.reaches.values_list("kind", "key")) if contact.pk and not contact._state.adding else set()
    new = {(reach.kind, reach.key): reach for reach in wanted if (reach.kind, reach.key) not in known}
    Reach.objects.bulk_create(new.values())
    return list(new.values())


def reaches_of(contact: Contact, draft: ContactDraft) -> list[Reach]:
    """Return the draft's reaches with their keys, not yet written."""
    phones = [(Reach.Kind.PHONE, sound_phone(phone)) for phone in draft.phones if phone.strip()]
    emails = [(Reach.Kind.EMAIL, sound_email(email)) for email in draft.emails if email.strip()]
    wechats = [(Reach.Kind.WECHAT, name.strip()[:60]) for name in draft.wechats if name.strip()]
    return [reach_of(contact, kind, value) for kind, value in [*phones, *emails, *wechats]]


def reach_of(contact: Contact, kind: Reach.Kind, value: str) -> Reach:
    key = reach_key(kind, value)
    return Reach(contact=contact, customer=contact.customer, kind=kind, value=value, key=key, reversed_key=key[::-1])


def reach_key(kind: Reach.Kind, value: str) -> str:
    """Return what numbers, addresses and names are compared by."""
    return {Reach.Kind.PHONE: phone_key, Reach.Kind.EMAIL: email_key}.get(kind, folded)(value)


def keep_sound(contact: Contact) -> None:
    contact.name = contact.name.strip()
    if not contact.name:
        raise BadInput(_("A contact needs a name."), field="name")
    ensure_sound(contact)
