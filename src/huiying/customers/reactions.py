"""What follows for a customer when something happened; wired in `huiying.wiring`."""

from __future__ import annotations

from django.urls import reverse
from django.utils.translation import ngettext

from huiying.customers.actions.rating import rate_one
from huiying.customers.models import Customer, Score
from huiying.journal.models import Entry
from huiying.notifications.matrix import Event, Relation
from huiying.notifications.notices import Word, tell
from huiying.staff.models import User


def remind_of_override(customer: Customer, entry: Entry) -> None:
    """A tier set by hand ends soon: the account manager may set it again."""
    word = Word(event=Event.CARE, headline=f"{customer.number} {customer.name}", link=customer.get_absolute_url())
    tell({Relation.MINE: [customer.owner_id]}, entry, word)


def rate_anew(score: Score, entry: Entry) -> None:
    """A survey was answered: the rules decide again, without waiting for the night."""
    rate_one(score.customer_id, at=entry.at)


def reckon_review_anew(customer: Customer, _entry: Entry) -> None:
    """The tier changed, or another archive was taken in: when it is due is reckoned anew by the heartbeat."""
    Customer.objects.filter(pk=customer.pk).update(review_due_on=None)


def tell_of_due_reviews(owner: User, entry: Entry) -> None:
    """Archives became due: their account manager is told once, with the way to their list."""
    count = int(entry.facts.get("count", 0))
    headline = ngettext(
        "%(n)s of your archives is due for review", "%(n)s of your archives are due for review", count
    ) % {"n": count}
    link = f"{reverse('customers:reviews')}?owner={owner.pk}"
    tell({Relation.MINE: [owner.pk]}, entry, Word(event=Event.CARE, headline=headline, link=link))
