"""The pool's clock: once a day a round through the customers, some at a time, each warned once and taken back once."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction
from django.utils.timezone import localdate

from huiying.customers.models import Customer
from huiying.engagement import pool_verbs as verbs
from huiying.engagement.actions.holding import End, held_customer, note_owner, set_free
from huiying.engagement.models.pool import Holding, PoolPolicy, PoolRound
from huiying.engagement.queries.pool import Protection, nearing, protections
from huiying.journal.actors import CLOCKWORK
from huiying.journal.entries import record

AT_ONCE = 500


def tend_pool(now: datetime) -> int:
    """Warn of and take back what the next customers of today's round are due for; return how many deeds it was.

    A batch is claimed before it is done: two heartbeats share the round, and what one leaves undone comes tomorrow.
    """
    policy = PoolPolicy.now()
    if not policy.is_active:
        return 0
    batch = next_batch(policy, now)
    return sum(tend(one, policy, now) for one in protections_of(batch, policy, now))


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


def protections_of(keys: list[int], policy: PoolPolicy, now: datetime) -> list[Protection]:
    return protections(Customer.objects.filter(pk__in=keys).order_by("pk"), policy, at=now) if keys else []


def tend(one: Protection, policy: PoolPolicy, now: datetime) -> bool:
    """Warn of one customer or take it back; where the archive names another owner than we knew, begin anew."""
    if one.holding is not None and one.holding.owner_id != one.customer.owner_id:
        with transaction.atomic():
            note_owner(one.customer, at=now)
        return False
    if one.is_to_warn(localdate(now), policy.warn_days):
        return warn(one, policy, now)
    return one.is_due(localdate(now)) and reclaim(one.customer, policy, now)


@transaction.atomic
def warn(one: Protection, policy: PoolPolicy, now: datetime) -> bool:
    holding = note_owner(one.customer, at=now)
    if holding is None:
        return False
    unwarned = Holding.objects.open().filter(pk=holding.pk, warned_on=one.holding.warned_on if one.holding else None)
    if not unwarned.update(warned_on=localdate(now)):
        return False
    record(verbs.WARNED, one.customer, by=CLOCKWORK, at=now, owner_id=holding.owner_id, **figures(one, policy))
    return True


@transaction.atomic
def reclaim(customer: Customer, policy: PoolPolicy, now: datetime) -> bool:
    """Take a customer back where that is still due once their row is held: a contact may have come in meanwhile."""
    held = held_customer(customer)
    if held.owner is None or held.merged_into_id is not None:
        return False
    still = protections(Customer.objects.filter(pk=held.pk), policy, at=now)
    if not still or not still[0].is_due(localdate(now)):
        return False
    owner = held.owner
    set_free(held, end=End.RECLAIMED, at=now)
    facts = {**figures(still[0], policy), "owner": owner.name, "owner_id": owner.pk}
    record(verbs.RECLAIMED, held, by=CLOCKWORK, at=now, **facts)
    return True


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
