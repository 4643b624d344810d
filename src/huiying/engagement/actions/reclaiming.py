"""The pool's clock: once a day a round through the customers, some at a time, each warned once and taken back once."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import datetime

from django.db import transaction
from django.db.models import F
from django.utils.timezone import localdate

from huiying.customers.models import Customer
from huiying.engagement import pool_verbs as verbs
from huiying.engagement.actions.holding import End, note_owners
from huiying.engagement.models.pool import Holding, PoolPolicy, PoolRound
from huiying.engagement.queries.pool import Protection, nearing, protections
from huiying.journal.actors import CLOCKWORK
from huiying.journal.entries import entry_for, record_all

AT_ONCE = 500  # candidates of one beat
HELD_AT_ONCE = 100  # customers whose rows are held together, for a moment


def tend_pool(now: datetime) -> int:
    """Warn of and take back what the next customers of today's round are due for; return how many deeds it was.

    A batch is claimed before it is done: two heartbeats share the round, and what one leaves undone comes tomorrow.
    """
    policy = PoolPolicy.now()
    if not policy.is_active:
        return 0
    keys = next_batch(policy, now)
    some = [keys[at : at + HELD_AT_ONCE] for at in range(0, len(keys), HELD_AT_ONCE)]
    return sum(tend(few, policy, now) for few in some)


def next_batch(policy: PoolPolicy, now: datetime) -> list[int]:
    """Return the next keys of today's round, claimed for this heartbeat alone; none when it is over."""
    today = localdate(now)
    PoolRound.objects.get_or_create(pk=1, defaults={"on": today})
    PoolRound.objects.filter(pk=1, on__lt=today).update(on=today, last_customer=0, is_over=False)
    mark = PoolRound.objects.get(pk=1)
    if mark.is_over or mark.on != today:
        return []
    found = nearing(policy, at=now).filter(pk__gt=mark.last_customer).order_by("pk")
    keys = list(found.values_list("pk", flat=True)[:AT_ONCE])
    mine = PoolRound.objects.filter(pk=1, on=today, last_customer=mark.last_customer, is_over=False)
    is_mine = mine.update(last_customer=keys[-1] if keys else mark.last_customer, is_over=len(keys) < AT_ONCE)
    return keys if is_mine else []


@transaction.atomic
def tend(keys: Sequence[int], policy: PoolPolicy, now: datetime) -> int:
    """Warn of these customers and take them back where that is due once their rows are held.

    A contact may have come in, or somebody else may look after them, since the batch was claimed. Rows are held in the
    order of their keys, the customer's before that of the holding, as everywhere.
    """
    rows = Customer.objects.current().filter(pk__in=keys, owner__isnull=False).order_by("pk")
    held = list(rows.select_for_update(of=("self",)))
    note_owners(held, at=now)
    today = localdate(now)
    standing = protections(rows.select_related("owner"), policy, at=now)
    to_warn = [one for one in standing if one.is_to_warn(today, policy.warn_days)]
    due = [one for one in standing if one.is_due(today)]
    warn(to_warn, policy, now)
    reclaim(due, policy, now)
    return len(to_warn) + len(due)


def warn(some: Iterable[Protection], policy: PoolPolicy, now: datetime) -> None:
    """Write down that the account managers of held customers are warned today."""
    some = list(some)
    Holding.objects.filter(pk__in=holdings_of(some)).update(warned_on=localdate(now))
    told = [
        entry_for(
            verbs.WARNED,
            one.customer,
            by=CLOCKWORK,
            at=now,
            owner_id=one.customer.owner_id,
            **figures(one, policy),
        )
        for one in some
    ]
    record_all([(entry, Customer) for entry in told])


def reclaim(some: Iterable[Protection], policy: PoolPolicy, now: datetime) -> None:
    """Put held customers into the pool. They stay with the team and department where they were."""
    some = list(some)
    rows = Customer.objects.filter(pk__in=[one.customer.pk for one in some])
    rows.update(owner=None, version=F("version") + 1, updated_at=now)
    Holding.objects.filter(pk__in=holdings_of(some)).update(ended_at=now, end=End.RECLAIMED)
    told = []
    for one in some:
        owner = one.customer.owner
        assert owner is not None
        facts = {**figures(one, policy), "owner": owner.name, "owner_id": owner.pk}
        told.append(entry_for(verbs.RECLAIMED, one.customer, by=CLOCKWORK, at=now, **facts))
    record_all([(entry, Customer) for entry in told])


def holdings_of(some: Iterable[Protection]) -> list[int]:
    return [one.holding.pk for one in some if one.holding is not None]


def figures(one: Protection, policy: PoolPolicy) -> dict[str, object]:
    """Return by which rule, in which version, and from which day on it was counted."""
    return {
        "counted": one.safe.counted,
        "days": one.safe.days,
        "basis": one.safe.basis.isoformat(),
        "last_day": one.last_day.isoformat(),
        "status": one.customer.status,
        "tier": one.customer.tier,
        "version": policy.version,
    }
