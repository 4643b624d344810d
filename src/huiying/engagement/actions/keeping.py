"""Keeping a customer from being taken back: a lock for a time, or more time once."""

from __future__ import annotations

from datetime import date, datetime, timedelta

from django.db import transaction
from django.utils.timezone import localdate
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from huiying.customers.models import Customer
from huiying.engagement import pool_verbs as verbs
from huiying.engagement.actions.holding import held_customer, note_owner
from huiying.engagement.models.pool import Extension, Holding, Lock, PoolPolicy
from huiying.engagement.policies import may_lead
from huiying.engagement.pool_policies import may_extend, may_keep
from huiying.journal.actors import Actor
from huiying.journal.entries import record
from huiying.kit.guards import BadInput, DomainError, ensure
from huiying.kit.turns import take_turns

LONGEST = timedelta(days=3650)


@transaction.atomic
def lock(customer: Customer, *, reason: str, until: date, by: Actor, at: datetime) -> Lock:
    """Keep a customer through a day. Who looks after them may lock a few for some time, who leads any."""
    take_turns(f"pool locks {by.pk}")
    held = held_customer(customer)
    ensure(may_keep(by, held))
    if not reason.strip():
        raise BadInput(_("Please say why."), field="reason")
    ensure_allowed(until, by=by, at=at)
    Lock.objects.filter(customer=held, lifted_at=None).update(lifted_at=at)
    made = Lock.objects.create(
        customer=held, reason=reason.strip()[:200], until=until, made_by_id=by.pk or 0, made_at=at, by_lead=may_lead(by)
    )
    record(verbs.LOCKED, held, by=by, at=at, until=until.isoformat(), reason=made.reason)
    return made


def ensure_allowed(until: date, *, by: Actor, at: datetime) -> None:
    """Raise BadInput for a day out of bounds, DomainError where one's own locks are used up."""
    today, policy = localdate(at), PoolPolicy.now()
    longest = LONGEST if may_lead(by) else timedelta(days=policy.lock_days)
    if not today <= until <= today + longest:
        raise BadInput(
            _("The last day lies between today and {day}.").format(day=(today + longest).isoformat()), field="until"
        )
    mine = Lock.objects.standing(today).filter(made_by=by.pk, by_lead=False)
    if not may_lead(by) and mine.count() >= policy.most_locks:
        words = ngettext(
            "You hold %(n)s lock, as many as you may. Lift it, or ask who leads the team.",
            "You hold %(n)s locks, as many as you may. Lift one, or ask who leads the team.",
            policy.most_locks,
        )
        raise DomainError(words % {"n": policy.most_locks})


@transaction.atomic
def unlock(customer: Customer, *, by: Actor, at: datetime) -> None:
    held = held_customer(customer)
    ensure(may_keep(by, held))
    standing = Lock.objects.standing(localdate(at)).filter(customer=held)
    if not may_lead(by) and standing.filter(by_lead=True).exists():
        raise DomainError(_("Who leads the team set this lock; ask them to lift it."))
    if not standing.update(lifted_at=at):
        raise DomainError(_("No lock stands any more."))
    record(verbs.UNLOCKED, held, by=by, at=at)


@transaction.atomic
def extend(customer: Customer, *, reason: str, by: Actor, at: datetime) -> Extension:
    """Give oneself more time, once while one looks after the customer; the warning comes anew."""
    ensure(may_extend(by, held_customer(customer)))
    if not reason.strip():
        raise BadInput(_("Please say why."), field="reason")
    holding = note_owner(customer, at=at)
    if holding is None or holding.owner_id != by.pk:
        raise DomainError(_("Somebody else looks after this customer by now."))
    made, is_new = Extension.objects.get_or_create(
        holding=holding,
        defaults={"days": PoolPolicy.now().extension_days, "reason": reason.strip()[:200], "made_at": at},
    )
    if not is_new:
        raise DomainError(_("The time was extended once already. Speak with the customer, or ask for a lock."))
    Holding.objects.filter(pk=holding.pk).update(warned_on=None)
    record(verbs.EXTENDED, customer, by=by, at=at, days=made.days, reason=made.reason)
    return made
