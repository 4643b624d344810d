"""Writing the recipients of a mailing down, each with why not where that is known already."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from itertools import islice

from django.db import transaction

from huiying.engagement.models.mailing import Mailing, Recipient
from huiying.engagement.queries.recipients import Candidate, candidates, chosen_customers
from huiying.staff.actors import actor_of
from huiying.staff.models import User

FILLED_AT_ONCE = 1_000
State, Reason = Recipient.State, Recipient.Reason


def write_down(mailing: Mailing, now: datetime) -> int:
    """Write down the next recipients, each with why not where that is known already; then let sending begin."""
    maker = actor_of(User.objects.with_standing().get(pk=mailing.made_by_id))
    customers = chosen_customers(mailing.chosen, by=maker)
    some = list(islice(candidates(mailing, customers, by=maker, now=now, after=mailing.filled_to), FILLED_AT_ONCE))
    with transaction.atomic():
        mine = Mailing.objects.filter(pk=mailing.pk, state=Mailing.State.FILLING, filled_to=mailing.filled_to)
        if not some:
            return mine.update(state=Mailing.State.SENDING)
        if not mine.update(filled_to=some[-1].customer.pk):
            return 0
        Recipient.objects.bulk_create(rows_of(mailing, some, now), ignore_conflicts=True)
    return len(some)


def rows_of(mailing: Mailing, some: Iterable[Candidate], now: datetime) -> list[Recipient]:
    some = list(some)
    addresses = [one.address for one in some if one.address]
    seen = set(Recipient.objects.filter(mailing=mailing, address__in=addresses).values_list("address", flat=True))
    rows = []
    for one in some:
        reason = one.reason if one.reason != Reason.COMPLAINT else ""  # it may be over before its turn
        reason = reason or (Reason.DOUBLE if one.address in seen else "")
        seen.add(one.address)
        rows.append(
            Recipient(
                mailing=mailing,
                customer=one.customer,
                contact=one.contact,
                address="" if reason else one.address,
                state=State.SKIPPED if reason else State.WAITING,
                reason=reason,
                error=" ".join(f"{{{name}}}" for name in one.missing) if reason == Reason.INCOMPLETE else "",
                due_at=now,
            )
        )
    return rows
