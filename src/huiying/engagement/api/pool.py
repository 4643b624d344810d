"""The public pool: who is in it, claiming, assigning, releasing, locking."""

from __future__ import annotations

from datetime import date

from django.shortcuts import get_object_or_404
from django.utils import timezone
from django.utils.translation import gettext_noop as _
from ninja import Query, Schema

from huiying.customers.api.shown import visible_customer
from huiying.customers.models import Customer, Status, Tier
from huiying.engagement.actions import keeping
from huiying.engagement.actions import pool as deeds
from huiying.engagement.api.router import router
from huiying.engagement.models.pool import PoolPolicy
from huiying.engagement.pool_policies import may_see_pool
from huiying.engagement.queries.pool import pool_for, protection_of, rows_of
from huiying.journal.actors import Actor
from huiying.kit.guards import ensure
from huiying.kit.paging import page_of
from huiying.kit.rest import Ask, Code, Day, Line, Moment, Page, PageOf, Reference
from huiying.staff.api import Person, person
from huiying.staff.http import ApiRequest
from huiying.staff.references import person_named


class PoolWanted(PageOf):
    """Which customers of the pool; all unless narrowed."""

    region: Line = ""
    industry: Line = ""
    tier: Code[Tier] | None = None
    status: Code[Status] | None = None


class PoolReasonAsk(Ask):
    reason: Line


class PoolAssignmentAsk(Ask):
    to: Reference


class CustomerLockAsk(Ask):
    """`until` is the last day on which nobody takes the customer."""

    reason: Line
    until: Day


class Pooled(Schema):
    """What may be known of a customer before they are claimed."""

    number: str
    name: str
    region: str
    industry: str
    tier: Code[Tier]
    status: Code[Status]
    contacted_on: date | None
    since: Moment
    had: str


class CustomerHeld(Schema):
    """Who looks after a customer, and until which day they are safe from the pool; null: no rule takes them back."""

    number: str
    owner: Person | None
    safe_until: date | None
    kept_by: str


@router.get("/pool", response=Page[Pooled], summary=_("Customers of the public pool"))
def pool(request: ApiRequest, wanted: Query[PoolWanted]) -> Page[Pooled]:
    ensure(may_see_pool(request.actor))
    found = pool_for(request.actor)
    asked = {"region__icontains": wanted.region, "industry__icontains": wanted.industry}
    exact = {"tier": wanted.tier, "status": wanted.status}
    found = found.filter(**{name: value for name, value in (asked | exact).items() if value})
    page = page_of(found, by="-id", cursor=wanted.cursor, limit=wanted.limit)
    rows = rows_of(page.items, by=request.actor, policy=PoolPolicy.now(), at=timezone.now())
    items = [
        Pooled(
            number=row.number,
            name=row.name,
            region=row.region,
            industry=row.industry,
            tier=Tier(row.tier),
            status=Status(customer.status),
            contacted_on=row.contacted_on,
            since=row.since,
            had=row.had,
        )
        for row, customer in zip(rows, page.items, strict=True)
    ]
    return Page(items=items, next_cursor=page.next_cursor)


@router.post("/pool/{number}/claim", response=CustomerHeld, summary=_("Claim a customer from the pool"))
def claim_pooled(request: ApiRequest, number: str) -> CustomerHeld:
    return held(deeds.claim(pooled(request, number), by=request.actor, at=timezone.now()), by=request.actor)


@router.post("/pool/{number}/assignment", response=CustomerHeld, summary=_("Assign a customer of the pool to somebody"))
def assign_pooled(request: ApiRequest, number: str, ask: PoolAssignmentAsk) -> CustomerHeld:
    to = person_named(ask.to, field="to")
    return held(deeds.assign(pooled(request, number), to=to, by=request.actor, at=timezone.now()), by=request.actor)


@router.post("/customers/{number}/release", response=CustomerHeld, summary=_("Release a customer to the pool"))
def release_customer(request: ApiRequest, number: str, ask: PoolReasonAsk) -> CustomerHeld:
    customer = visible_customer(request, number)
    return held(deeds.release(customer, reason=ask.reason, by=request.actor, at=timezone.now()), by=request.actor)


@router.get(
    "/customers/{number}/protection", response=CustomerHeld, summary=_("Until when a customer is safe from the pool")
)
def protection(request: ApiRequest, number: str) -> CustomerHeld:
    return held(visible_customer(request, number), by=request.actor)


@router.post("/customers/{number}/lock", response=CustomerHeld, summary=_("Lock a customer against the pool"))
def lock_customer(request: ApiRequest, number: str, ask: CustomerLockAsk) -> CustomerHeld:
    customer = visible_customer(request, number)
    keeping.lock(customer, reason=ask.reason, until=ask.until, by=request.actor, at=timezone.now())
    return held(customer, by=request.actor)


@router.post("/customers/{number}/extension", response=CustomerHeld, summary=_("Extend the time before the pool, once"))
def extend_protection(request: ApiRequest, number: str, ask: PoolReasonAsk) -> CustomerHeld:
    customer = visible_customer(request, number)
    keeping.extend(customer, reason=ask.reason, by=request.actor, at=timezone.now())
    return held(customer, by=request.actor)


def pooled(request: ApiRequest, number: str) -> Customer:
    ensure(may_see_pool(request.actor))
    shown = pool_for(request.actor) | Customer.objects.visible_to(request.actor)
    return get_object_or_404(shown, number=number)


def held(customer: Customer, *, by: Actor) -> CustomerHeld:
    standing = protection_of(customer, by=by, at=timezone.now())
    return CustomerHeld(
        number=customer.number,
        owner=person(customer.owner),
        safe_until=standing.last_day if standing else None,
        kept_by=str(standing.kept_by) if standing else "",
    )
