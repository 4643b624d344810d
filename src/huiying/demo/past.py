"""Deeds of the past: what is written now as having been written then."""

from __future__ import annotations

from datetime import datetime

from huiying.customers.actions.customer import create
from huiying.customers.drafts import ContactDraft, CustomerDraft
from huiying.customers.models import Customer
from huiying.engagement.actions.interaction import record_contact
from huiying.engagement.drafts import InteractionDraft
from huiying.engagement.models import Interaction, PlannedContact
from huiying.journal.actors import Actor


def enter_then(draft: CustomerDraft, *, contact: str, by: Actor, at: datetime) -> Customer:
    """Enter a customer with one person to speak with."""
    made = create(draft, contacts=[ContactDraft(name=contact)], by=by, at=at)
    Customer.objects.filter(pk=made.pk).update(created_at=at)
    return made


def speak_then(
    customer: Customer, draft: InteractionDraft, *, by: Actor, at: datetime, kept: PlannedContact | None = None
) -> None:
    """Record a contact on the day of which it tells."""
    made = record_contact(customer, draft, kept=kept, by=by, at=at)
    Interaction.objects.filter(pk=made.pk).update(recorded_at=at)
