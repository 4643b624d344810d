"""How each thing of care is given into other hands; the wiring names these."""

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
from huiying.engagement.policies import may_hand_over, may_work
from huiying.engagement.pool_policies import may_give
from huiying.journal.actors import Actor
from huiying.journal.entries import record
from huiying.kit.guards import BadInput, DomainError, Stale, ensure
from huiying.staff.models import User


@transaction.atomic
def give_customer(row: Customer, *, to: User, by: Actor, at: datetime, reason: str) -> None:
    """Hand one customer over, saying why. Their planned contacts follow: the plan is made for the new owner."""
    held = held_customer(row)
    ensure(may_give(by, held))
    if not reason.strip():
        raise BadInput(_("Please say why."), field="reason")
    if held.owner_id == to.pk:
        raise DomainError(_("{name} looks after this customer already.").format(name=to.name))
    before = held.owner.name if held.owner else "—"
    give(held, to, begun=Begun.HANDED_OVER, end=End.HANDED_OVER, at=at)
    facts = {"owner": before, "to": to.name, "to_id": to.pk, "reason": reason.strip()[:200]}
    record(pool.HANDED_OVER, held, by=by, at=at, **facts)


@transaction.atomic
def give_need(row: Need, *, to: User, by: Actor, at: datetime, reason: str) -> None:
    ensure_may_give(row.owner_id, to, by=by)
    unchanged = Need.objects.open().filter(pk=row.pk, version=row.version)
    if not unchanged.update(owner=to, version=F("version") + 1):
        raise Stale(_("Somebody changed this need meanwhile. Please look at it again."))
    record(need_verbs.REVISED, row, by=by, at=at, to=to.name)


@transaction.atomic
def give_planned(row: PlannedContact, *, to: User, by: Actor, at: datetime, reason: str) -> None:
    ensure_may_give(row.owner_id, to, by=by)
    if not PlannedContact.objects.open().filter(pk=row.pk, owner=row.owner_id).update(owner=to):
        raise Stale(_("This contact is no longer planned for the same person."))
    record(verbs.MOVED, row, by=by, at=at, old=row.due_on.isoformat(), day=row.due_on.isoformat(), to=to.name)


def ensure_may_give(owner_id: int | None, to: User, *, by: Actor) -> None:
    """Who hands over for colleagues, or whose own it is; never to somebody who left."""
    ensure(may_hand_over(by) or (may_work(by) and owner_id == by.pk))
    if not to.is_active:
        raise BadInput(_("{name} no longer works here.").format(name=to.name), field="to")
