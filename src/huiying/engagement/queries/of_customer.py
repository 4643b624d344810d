"""What a customer's own page shows of care: the latest records, which of them the reader may correct."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from huiying.customers.models import Customer
from huiying.engagement.models import CareRule, FormerRecord, Interaction, PlannedContact
from huiying.engagement.policies import may_correct
from huiying.journal.actors import Actor

LATEST = 5


@dataclass(frozen=True)
class ShownRecord:
    """A record, how it read before, and whether the reader may correct it."""

    interaction: Interaction
    former: list[FormerRecord]
    correctable: bool


def next_contact(customer: Customer, *, by: Actor) -> PlannedContact | None:
    """Return what is planned next, what waits for a complaint to end last."""
    rows = PlannedContact.objects.visible_to(by).open().filter(customer=customer).select_related("owner")
    return rows.order_by("-state", "due_on", "id").first()


def latest_records(customer: Customer, *, by: Actor, at: datetime, limit: int = LATEST) -> list[ShownRecord]:
    """Return the newest first; at most three statements."""
    known = Interaction.objects.filter(customer=customer).select_related("contact", "owner").prefetch_related("former")
    rule = CareRule.current()
    return [
        ShownRecord(each, list(each.former.all()), may_correct(by, each, at=at, rule=rule))
        for each in known.order_by("-at", "-id")[:limit]
    ]
