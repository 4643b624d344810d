"""Claiming from the public pool, assigning from it, and releasing to it."""

from __future__ import annotations

from datetime import datetime, time, timedelta

from django.db import transaction
from django.utils.timezone import get_current_timezone, localdate
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from huiying.customers.models import Customer
from huiying.engagement import pool_verbs as verbs
from huiying.engagement.actions.giving import ensure_may_look_after
from huiying.engagement.actions.holding import Begun, End, give, held_customer, set_free
from huiying.engagement.models.pool import Holding, PoolPolicy
from huiying.engagement.policies import may_claim
from huiying.engagement.pool_policies import may_assign, may_release
from huiying.engagement.queries.pool import last_holdings, own_lately
from huiying.journal.actors import Actor
from huiying.journal.entries import record
from huiying.kit.guards import BadInput, DomainError, ensure
from huiying.kit.turns import take_turns
from huiying.staff.models import User


class TooMany(DomainError):
    """A limit of claims is reached."""

    code = "claim-limit"


class Taken(DomainError):
    """The customer is not in the pool any more."""

    code = "already-taken"


@transaction.atomic
def claim(customer: Customer, *, by: Actor, at: datetime) -> Customer:
    """Take a customer out of the pool. Of two at once one gets it; raises Taken or TooMany."""
    ensure(may_claim(by) and by.is_staff)
    take_turns(f"pool claims {by.pk}")
    held = held_customer(customer)
    ensure_in_pool(held)
    ensure_within_limits(held, by=by, at=at)
    give(held, User.objects.get(pk=by.pk or 0), begun=Begun.CLAIMED, at=at)
    record(verbs.CLAIMED, held, by=by, at=at)
    return held


@transaction.atomic
def assign(customer: Customer, *, to: User, by: Actor, at: datetime) -> Customer:
    """Give a customer of the pool to somebody. The limits bind who claims, not who leads."""
    ensure(may_assign(by))
    ensure_may_look_after(to)
    held = held_customer(customer)
    ensure_in_pool(held)
    give(held, to, begun=Begun.ASSIGNED, at=at)
    record(verbs.ASSIGNED, held, by=by, at=at, to=to.name, to_id=to.pk)
    return held


@transaction.atomic
def release(customer: Customer, *, reason: str, by: Actor, at: datetime) -> Customer:
    """Put a customer into the pool, saying why."""
    held = held_customer(customer)
    ensure(may_release(by, held))
    if not reason.strip():
        raise BadInput(_("Please say why."), field="reason")
    owner, why = held.owner_id, reason.strip()[:200]
    set_free(held, end=End.RELEASED, at=at, reason=why)
    record(verbs.RELEASED, held, by=by, at=at, reason=why, owner_id=owner)
    return held


def ensure_in_pool(held: Customer) -> None:
    if held.merged_into_id is not None:
        raise Taken(_("{name} was merged into another customer.").format(name=held.name))
    if held.owner is not None:
        raise Taken(_("Somebody was faster: {owner} looks after {name} now.").format(
            owner=held.owner.name, name=held.name))  # fmt: skip


def ensure_within_limits(held: Customer, *, by: Actor, at: datetime) -> None:
    policy = PoolPolicy.now()
    resting_since = at - timedelta(days=policy.rest_days)
    if own_lately(by, last_holdings([held.pk]).values(), since=resting_since):
        raise TooMany(_("You had {name} until lately. Give colleagues {n} days to try.").format(
            name=held.name, n=policy.rest_days))  # fmt: skip
    morning = datetime.combine(localdate(at), time.min, tzinfo=get_current_timezone())
    today = Holding.objects.filter(owner=by.pk, begun=Begun.CLAIMED, since__gte=morning)
    if today.count() >= policy.most_claims:
        words = ngettext(
            "You have claimed %(n)s customer today, as many as a day allows. Go on tomorrow.",
            "You have claimed %(n)s customers today, as many as a day allows. Go on tomorrow.",
            policy.most_claims,
        )
        raise TooMany(words % {"n": policy.most_claims})
    if Customer.objects.current().filter(owner=by.pk).count() >= policy.most_customers:
        words = ngettext(
            "You look after %(n)s customer, as many as one person may. Release some first.",
            "You look after %(n)s customers, as many as one person may. Release some first.",
            policy.most_customers,
        )
        raise TooMany(words % {"n": policy.most_customers})
