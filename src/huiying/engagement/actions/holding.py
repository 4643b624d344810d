"""Who looks after a customer changes: the archive and the record of it in one deed."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from django.db.models import F
from django.utils.translation import gettext_lazy as _

from huiying.customers.models import Customer
from huiying.engagement.models.pool import Holding
from huiying.kit.guards import BadInput, Stale
from huiying.staff.models import User

Begun, End = Holding.Begun, Holding.End


def held_customer(customer: Customer) -> Customer:
    """Lock the customer's row until the transaction ends and return it as it stands.

    The account manager is fetched by themself: PostgreSQL, having waited for the row, joins it with what stood before.
    """
    return Customer.objects.select_for_update().get(pk=customer.pk)


def give(held: Customer, to: User, *, begun: Holding.Begun, at: datetime, end: Holding.End = End.CHANGED) -> Holding:
    """Let somebody look after a held customer from now on. Raises BadInput for who left, Stale for who was slower."""
    if not to.is_active:
        raise BadInput(_("{name} no longer works here.").format(name=to.name), field="to")
    change_owner(held, to, at=at)
    close_holding(held, end=end, at=at)
    held.owner = to
    return Holding.objects.create(customer=held, owner=to, since=at, begun=begun)


def set_free(held: Customer, *, end: Holding.End, at: datetime, reason: str = "") -> None:
    """Put a held customer into the pool. They stay with the team and department where they were."""
    change_owner(held, None, at=at)
    close_holding(held, end=end, at=at, reason=reason)
    held.owner = None


def change_owner(held: Customer, to: User | None, *, at: datetime) -> None:
    place = {"team_id": to.team_id, "department_id": to.department_id} if to else {}
    unchanged = Customer.objects.current().filter(pk=held.pk, owner_id=held.owner_id)
    if not unchanged.update(owner=to, version=F("version") + 1, updated_at=at, **place):
        raise Stale(_("Somebody else was faster: {name} has another account manager by now.").format(name=held.name))
    held.version += 1


def close_holding(held: Customer, *, end: Holding.End, at: datetime, reason: str = "") -> None:
    """End the holding that stands; where none was written down, write it down ended: who had the customer counts."""
    Holding.objects.filter(customer=held, ended_at=None).exclude(owner=held.owner_id).update(
        ended_at=at, end=End.CHANGED
    )
    ended = {"ended_at": at, "end": end, "reason": reason}
    if held.owner_id and not Holding.objects.open().filter(customer=held).update(**ended):
        Holding.objects.create(customer=held, owner_id=held.owner_id, since=held.created_at, **ended)


def note_owner(customer: Customer, *, at: datetime) -> Holding | None:
    """Write down who looks after the customer, as the archive says; return the holding that stands.

    Whom nobody ever wrote down before has looked after the customer from the beginning.
    """
    held = held_customer(customer)
    standing = Holding.objects.open().filter(customer=held).first()
    if standing is not None and standing.owner_id == held.owner_id:
        return standing
    known = Holding.objects.filter(customer=held).exists()
    return begin_anew(held, since=at if known else held.created_at, at=at)


def note_owners(held: Sequence[Customer], *, at: datetime) -> None:
    """Do for many held customers what `note_owner` does for one; few statements."""
    standing = dict(Holding.objects.open().filter(customer__in=held).values_list("customer_id", "owner_id"))
    strangers = [one for one in held if one.owner_id is not None and standing.get(one.pk) != one.owner_id]
    if not strangers:
        return
    of_them = Holding.objects.filter(customer__in=strangers)
    known = set(of_them.values_list("customer_id", flat=True))
    of_them.filter(ended_at=None).update(ended_at=at, end=End.CHANGED)
    Holding.objects.bulk_create(
        Holding(customer=one, owner_id=one.owner_id or 0, since=at if one.pk in known else one.created_at)
        for one in strangers
    )


def note_new_owner(customer: Customer, *, at: datetime) -> Holding | None:
    """Write down that the account manager was changed in the archive at that moment."""
    held = held_customer(customer)
    standing = Holding.objects.open().filter(customer=held).first()
    is_known = standing is not None and standing.owner_id == held.owner_id
    return standing if is_known else begin_anew(held, since=at, at=at)


def begin_anew(held: Customer, *, since: datetime, at: datetime) -> Holding | None:
    Holding.objects.open().filter(customer=held).update(ended_at=at, end=End.CHANGED)
    return Holding.objects.create(customer=held, owner_id=held.owner_id, since=since) if held.owner_id else None
