"""What customers hear once they are handed over; wired in `huiying.wiring`."""

from __future__ import annotations

from huiying.customers.models import Customer
from huiying.engagement.actions.introducing import drop_overtaken, introduce
from huiying.engagement.models import Succession
from huiying.engagement.models.succession import SuccessionLine
from huiying.journal.models import Entry
from huiying.staff.models import User


def introduce_all(batch: Succession, entry: Entry) -> None:
    """Everybody who was handed over with the batch and is still with whom they were given to."""
    given = batch.lines.filter(kind="customers", result=SuccessionLine.Result.GIVEN)
    to = dict(given.values_list("customer_id", "to_id"))
    found = Customer.objects.current().filter(pk__in=to).select_related("owner").order_by("pk")
    still_theirs = [one for one in found if one.owner_id == to[one.pk]]
    introduce(still_theirs, name=batch.leaver.name, maker=batch.made_by, at=entry.at)


def introduce_one(customer: Customer, entry: Entry) -> None:
    """One customer who was handed over by themself."""
    maker = User.objects.filter(pk=entry.actor_id or 0).first()
    if maker is not None and customer.owner_id is not None and customer.owner_id == entry.facts.get("to_id"):
        introduce([customer], name=customer.name, maker=maker, at=entry.at)


def drop_overtaken_calls(customer: Customer, entry: Entry) -> None:
    drop_overtaken(customer, at=entry.at)
