"""What follows for a customer when something happened; wired in `huiying.wiring`."""

from __future__ import annotations

from huiying.customers.actions.rating import rate_one
from huiying.customers.models import Customer, Score
from huiying.journal.models import Entry
from huiying.notifications.matrix import Event, Relation
from huiying.notifications.notices import Word, tell


def remind_of_override(customer: Customer, entry: Entry) -> None:
    """A tier set by hand ends soon: the account manager may set it again."""
    word = Word(event=Event.CARE, headline=f"{customer.number} {customer.name}", link=customer.get_absolute_url())
    tell({Relation.MINE: [customer.owner_id]}, entry, word)


def rate_anew(score: Score, entry: Entry) -> None:
    """A survey was answered: the rules decide again, without waiting for the night."""
    rate_one(score.customer_id, at=entry.at)
