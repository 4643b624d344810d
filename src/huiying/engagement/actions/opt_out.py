"""Wanting no mass messages any more, and wanting them again."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from huiying.customers.models import Contact
from huiying.engagement import mailing_verbs as verbs
from huiying.journal.actors import Actor
from huiying.journal.entries import record


@transaction.atomic
def opt_out(contact: Contact, *, by: Actor, at: datetime) -> bool:
    """Write to the contact no more; False where that held already. Whoever holds the link may."""
    if not Contact.objects.filter(pk=contact.pk, do_not_contact=False).update(do_not_contact=True):
        return False
    record(verbs.OPTED_OUT, contact, by=by, at=at)
    return True


@transaction.atomic
def opt_in(contact: Contact, *, by: Actor, at: datetime) -> bool:
    if not Contact.objects.filter(pk=contact.pk, do_not_contact=True).update(do_not_contact=False, consent_at=at):
        return False
    record(verbs.OPTED_IN, contact, by=by, at=at)
    return True
