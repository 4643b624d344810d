"""Birthdays and anniversaries that come."""

from __future__ import annotations

from datetime import date

from django.utils.timezone import localdate
from django.utils.translation import gettext_noop as _
from ninja import Query, Schema
from pydantic import Field

from huiying.customers.models import Customer
from huiying.engagement.api.router import router
from huiying.engagement.models import Occasion
from huiying.engagement.queries.occasions import Coming, coming
from huiying.kit.guards import ensure
from huiying.kit.rest import Ask, Code
from huiying.staff.api import Person, person
from huiying.staff.http import ApiRequest


class OccasionsWanted(Ask):
    """Within how many days, today included; `mine` keeps one's own customers."""

    days: int = Field(30, ge=0, le=30)
    mine: bool = False


class OccasionShown(Schema):
    """Whose birthday or anniversary, when, and after how many years; `held` says why no greeting is due."""

    customer: str
    name: str
    contact: str | None
    kind: Code[Occasion.Kind]
    day: date
    years: int
    owner: Person | None
    held: str


@router.get("/occasions", response=list[OccasionShown], summary=_("List coming birthdays and anniversaries"))
def occasions(request: ApiRequest, ask: Query[OccasionsWanted]) -> list[OccasionShown]:
    ensure(request.actor.can("customers.see"))
    customers = Customer.objects.visible_to(request.actor)
    if ask.mine:
        customers = customers.filter(owner=request.actor.pk)
    return [occasion_shown(one) for one in coming(customers, today=localdate(), days=ask.days, by=request.actor)]


def occasion_shown(one: Coming) -> OccasionShown:
    return OccasionShown(
        customer=one.customer.number,
        name=one.customer.name,
        contact=one.contact.name if one.contact else None,
        kind=one.kind,
        day=one.day,
        years=one.years,
        owner=person(one.customer.owner),
        held=str(one.held),
    )
