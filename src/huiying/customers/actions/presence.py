"""Whether a contact is still there, and whether they agreed to be written to (SPEC A1)."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction
from django.utils.timezone import localdate
from django.utils.translation import gettext_lazy as _

from huiying.customers import verbs
from huiying.customers.actions.freshness import touch
from huiying.customers.models import Block, Contact
from huiying.customers.policies import may_revise
from huiying.journal.actors import Actor
from huiying.journal.entries import record
from huiying.kit.guards import DomainError, ensure

PRESENCE = ["left_on", "is_main", "do_not_contact"]
CONSENT = ["consent_at", "consent_by"]


@transaction.atomic
def note_left(contact: Contact, *, by: Actor, at: datetime) -> None:
    """The person is no longer there: their history stays, nobody contacts them, and somebody else is main contact."""
    held = held_contact(contact, by=by)
    if held.left_on is not None:
        raise DomainError(_("It is already noted that this person is no longer there."))
    was_main = held.is_main
    held.left_on, held.is_main, held.do_not_contact = localdate(at), False, True
    held.save(update_fields=PRESENCE)
    successor = held.customer.contacts.filter(left_on=None).first()
    if was_main and successor is not None:
        held.customer.contacts.filter(pk=successor.pk).update(is_main=True)
    touch(held.customer, Block.CONTACTS, by=by, at=at)
    record(verbs.CONTACT_LEFT, held, by=by, at=at)


@transaction.atomic
def note_back(contact: Contact, *, by: Actor, at: datetime) -> None:
    """The person is there after all. Whether they may be contacted stays as it is until somebody asks them."""
    held = held_contact(contact, by=by)
    if held.left_on is None:
        raise DomainError(_("This person is still there."))
    held.left_on, held.is_main = None, not held.customer.contacts.filter(is_main=True).exists()
    held.save(update_fields=PRESENCE)
    touch(held.customer, Block.CONTACTS, by=by, at=at)
    record(verbs.CONTACT_BACK, held, by=by, at=at)


@transaction.atomic
def note_consent(contact: Contact, *, by: Actor, at: datetime) -> None:
    """The person agreed to be written to; when, and who wrote it down, stays with it."""
    held = held_contact(contact, by=by)
    held.consent_at, held.consent_by_id = at, by.pk if by.is_staff else None
    held.save(update_fields=CONSENT)
    touch(held.customer, Block.CONTACTS, by=by, at=at)
    record(verbs.CONSENT_GIVEN, held, by=by, at=at)


@transaction.atomic
def withdraw_consent(contact: Contact, *, by: Actor, at: datetime) -> None:
    """The person takes their consent back; the journal keeps when it was given."""
    held = held_contact(contact, by=by)
    if held.consent_at is None:
        raise DomainError(_("There is no consent to take back."))
    held.consent_at = held.consent_by = None
    held.save(update_fields=CONSENT)
    touch(held.customer, Block.CONTACTS, by=by, at=at)
    record(verbs.CONSENT_WITHDRAWN, held, by=by, at=at)


def held_contact(contact: Contact, *, by: Actor) -> Contact:
    """Return the contact as it is by now, locked, where the actor may change it."""
    held = Contact.objects.select_for_update(of=("self",)).select_related("customer").get(pk=contact.pk)
    ensure(may_revise(by, held.customer))
    return held
