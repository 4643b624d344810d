"""Telling account managers of birthdays and anniversaries ahead of time, each once (SPEC A9)."""

from __future__ import annotations

from datetime import datetime

from django.db import IntegrityError, transaction
from django.utils.timezone import localdate

from huiying.customers.models import Customer
from huiying.engagement import occasion_verbs as verbs
from huiying.engagement.models import Occasion, OccasionTerms
from huiying.engagement.queries.occasions import Coming, coming
from huiying.journal.actors import CLOCKWORK, Actor
from huiying.journal.entries import record
from huiying.journal.models import Entry
from huiying.kit.guards import ensure, ensure_sound
from huiying.notifications.matrix import Event, Relation
from huiying.notifications.notices import Word, tell


def tell_of_occasions(now: datetime) -> int:
    """Tell of what comes within the days the settings name; what is held back is told as soon as it no longer is."""
    near = coming(Customer.objects.exclude(owner=None), today=localdate(now), days=OccasionTerms.now().days)
    due = {one.key: one for one in near if not one.held}
    told = set(Occasion.objects.filter(key__in=due).values_list("key", flat=True))
    return sum(note(one, at=now) for key, one in due.items() if key not in told)


def note(one: Coming, *, at: datetime) -> bool:
    """Write down that it is told, unless another worker was first."""
    try:
        with transaction.atomic():
            occasion = Occasion.objects.create(
                customer=one.customer, contact=one.contact, key=one.key, kind=one.kind, day=one.day, told_at=at
            )
            facts = {"kind": one.kind.value, "day": one.day.isoformat(), "years": one.years}
            record(verbs.OCCASION_NEARS, occasion, by=CLOCKWORK, at=at, **facts)
    except IntegrityError:
        return False
    return True


def tell_the_manager(occasion: Occasion, entry: Entry) -> None:
    """A birthday or anniversary comes: the account manager is told."""
    customer = occasion.customer
    word = Word(event=Event.CARE, headline=f"{customer.number} {customer.name}", link=customer.get_absolute_url())
    tell({Relation.MINE: [customer.owner_id]}, entry, word)


@transaction.atomic
def set_days(days: int, *, by: Actor, at: datetime) -> None:
    """Say how many days ahead account managers are told."""
    ensure(by.can("settings.manage"))
    before, wished = OccasionTerms.now(), OccasionTerms(pk=1, days=days)
    ensure_sound(wished)
    if before.days != days:
        OccasionTerms.objects.update_or_create(pk=1, defaults={"days": days})
        record(verbs.OCCASION_TERMS_CHANGED, wished, by=by, at=at, old=before.days, new=days)
