"""How each thing of care is given into other hands. What the wiring names asks no right: the batch has asked it."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction
from django.db.models import F
from django.utils.translation import gettext_lazy as _

from huiying.customers.models import Customer
from huiying.engagement import need_verbs, verbs
from huiying.engagement import pool_verbs as pool
from huiying.engagement.actions.holding import Begun, End, give, held_customer
from huiying.engagement.models import Need, PlannedContact
from huiying.engagement.pool_policies import may_give
from huiying.journal.actors import Actor
from huiying.journal.entries import record
from huiying.kit.guards import BadInput, DomainError, Stale, ensure
from huiying.staff.models import User

CARING = frozenset({"customers.see", "care.work"})


@transaction.atomic
def give_customer(row: Customer, *, to: User, by: Actor, at: datetime, reason: str) -> None:
    """Hand one customer over, saying why; whoever takes over is told."""
    ensure(may_give(by, row))
    held = held_customer(row)
    facts = change_hands(held, to, at=at, reason=reason)
    record(pool.HANDED_OVER, held, by=by, at=at, to_id=to.pk, **facts)


@transaction.atomic
def hand_customer(row: Customer, *, to: User, by: Actor, at: datetime, reason: str) -> None:
    """Hand a customer over among many: whoever takes over is told once, of all of them."""
    held = held_customer(row)
    record(pool.HANDED_OVER, held, by=by, at=at, **change_hands(held, to, at=at, reason=reason))


def change_hands(held: Customer, to: User, *, at: datetime, reason: str) -> dict[str, str]:
    """Let somebody else look after a held customer, and return the facts of it. Planned contacts are made anew."""
    if not reason.strip():
        raise BadInput(_("Please say why."), field="reason")
    if held.owner_id == to.pk:
        raise DomainError(_("{name} looks after this customer already.").format(name=to.name))
    ensure_may_look_after(to)
    before = held.owner.name if held.owner else "—"
    give(held, to, begun=Begun.HANDED_OVER, end=End.HANDED_OVER, at=at)
    return {"owner": before, "to": to.name, "reason": reason.strip()[:200]}


def ensure_may_look_after(to: User) -> None:
    """Raise BadInput for who left, and for whose role does not care for customers."""
    ensure_works_here(to)
    if not set(to.role.powers) >= CARING:
        raise BadInput(_("The role of {name} does not look after customers.").format(name=to.name), field="to")


def ensure_works_here(to: User) -> None:
    if not to.is_active:
        raise BadInput(_("{name} no longer works here.").format(name=to.name), field="to")


@transaction.atomic
def hand_need(row: Need, *, to: User, by: Actor, at: datetime, reason: str) -> None:
    ensure_works_here(to)
    unchanged = Need.objects.open().filter(pk=row.pk, version=row.version)
    if not unchanged.update(owner=to, version=F("version") + 1):
        raise Stale(_("Somebody changed this need meanwhile. Please look at it again."))
    record(need_verbs.REVISED, row, by=by, at=at, to=to.name)


@transaction.atomic
def hand_planned(row: PlannedContact, *, to: User, by: Actor, at: datetime, reason: str) -> None:
    ensure_works_here(to)
    if not PlannedContact.objects.open().filter(pk=row.pk, owner=row.owner_id).update(owner=to):
        raise Stale(_("This contact is no longer planned for the same person."))
    record(verbs.MOVED, row, by=by, at=at, old=row.due_on.isoformat(), day=row.due_on.isoformat(), to=to.name)
