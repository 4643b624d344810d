"""GET and POST customers; GET and PATCH customers/{number}."""

from __future__ import annotations

from dataclasses import replace
from typing import Annotated, Any

from django.utils import timezone
from django.utils.translation import gettext_noop as _
from ninja import Query
from ninja import Status as Answer
from pydantic import ConfigDict, Field, StringConstraints

from huiying.customers.actions import create, revise
from huiying.customers.actions.contact import uncover_all
from huiying.customers.api.contact import ContactAsk, contact_draft
from huiying.customers.api.merging import LikelyDuplicate, likely
from huiying.customers.api.router import router
from huiying.customers.api.shown import (
    Amount,
    CustomerBrief,
    CustomerWhole,
    Name,
    ReachShown,
    UpTo60,
    brief,
    reach_shown,
    visible_customer,
    whole,
)
from huiying.customers.drafts import CustomerDraft, Door, draft_of
from huiying.customers.models import Customer, Status, Tier
from huiying.customers.models.customer import CustomerQuerySet
from huiying.customers.policies import NO_AMOUNTS, may_see_amounts
from huiying.customers.queries.duplicates import clues_of, likely_duplicates
from huiying.customers.queries.search import search_customers
from huiying.kit.guards import ensure
from huiying.kit.paging import page_of
from huiying.kit.rest import Ask, Code, Day, Line, Page, PageOf, Reference, Text, only_given
from huiying.staff.actors import StaffActor
from huiying.staff.http import ApiRequest
from huiying.staff.references import person_named


class Wanted(PageOf):
    """Which customers. `q` finds by number, name, phone ending or e-mail; `owner` is a sign-in name, `me` or
    `nobody`. `value` keeps those worth more than this share of buyers (80: the top 20 %), `risk` those whose churn
    risk is at least this.
    """

    q: Line = ""
    tier: list[Code[Tier]] = []
    status: list[Code[Status]] = []
    owner: Line = ""
    tag: Line = ""
    value: Annotated[float, Field(ge=0, le=100)] | None = None
    risk: Annotated[int, Field(ge=0, le=100)] | None = None


class CustomerFields(Ask):
    """What may be said of a customer."""

    model_config = ConfigDict(extra="forbid")

    kind: Code[Customer.Kind] = Customer.Kind.PERSON
    credit_code: Annotated[str, StringConstraints(max_length=18)] = ""
    industry: UpTo60 = ""
    headcount: Annotated[int, Field(ge=0, le=2**31 - 1)] | None = None
    revenue: Amount | None = None
    yearly_purchases: Amount | None = None
    main_business: Line = ""
    source: UpTo60 = ""
    region: UpTo60 = ""
    address: Line = ""
    first_contact_on: Day | None = None
    expected_on: Day | None = None
    since: Day | None = None
    status: Code[Status] = Status.ACTIVE
    in_project: bool = False
    owner: Reference | None = None
    decision_maker: UpTo60 = ""
    preferences: Annotated[str, StringConstraints(max_length=300)] = ""
    special_requirements: Text = ""
    remarks: Text = ""
    external_ref: Annotated[str, StringConstraints(max_length=80)] = ""


class CustomerAsk(CustomerFields):
    """A customer to be entered; a person without contacts becomes their own."""

    name: Name
    tier: Code[Tier] = Tier.ORDINARY
    contacts: Annotated[list[ContactAsk], Field(max_length=50)] = []


class RevisionAsk(CustomerFields):
    """Only what is sent is changed. `version` is the one that was read; a newer one there is a 409."""

    version: int = Field(ge=1, le=2**31 - 1)
    name: Name = ""


@router.get("/customers", response=Page[CustomerBrief], summary=_("List customers"))
def customers(request: ApiRequest, ask: Query[Wanted]) -> Page[CustomerBrief]:
    rows = Customer.objects.visible_to(request.actor).current().for_list()
    chosen = {"tier__in": ask.tier, "status__in": ask.status, "tags__name": ask.tag}
    rows = rows.filter(**{lookup: value for lookup, value in chosen.items() if value})
    rows = of_owner(rows, ask.owner, request.actor)
    if ask.value is not None:
        ensure(may_see_amounts(request.actor), NO_AMOUNTS)
        rows = rows.worth_at_least(ask.value)
    if ask.risk is not None:
        rows = rows.at_risk(ask.risk)
    if ask.q:
        found = search_customers(ask.q, request.actor, limit=500)
        rows = rows.filter(pk__in=[customer.pk for customer in found])
    page = page_of(rows, by="-id", cursor=ask.cursor, limit=ask.limit)
    return Page(items=[brief(customer, by=request.actor) for customer in page.items], next_cursor=page.next_cursor)


class CustomerEntered(CustomerWhole):
    """Who was entered, and who of those known before may be the same: nobody is refused for that."""

    likely_duplicates: list[LikelyDuplicate]


@router.post("/customers", response={201: CustomerEntered}, summary=_("Enter a customer"))
def enter_customer(request: ApiRequest, ask: CustomerAsk) -> Answer[CustomerEntered]:
    fields = {name: value for name, value in ask if name not in {"tier", "contacts"}}
    customer = create(
        CustomerDraft(**named_owner(fields)),
        contacts=[contact_draft(contact) for contact in ask.contacts],
        tier=ask.tier,
        door=Door.INTERFACE,
        by=request.actor,
        at=timezone.now(),
    )
    alike = [likely(one) for one in likely_duplicates(clues_of(customer), by=request.actor)]
    return Answer(201, CustomerEntered(**whole(customer, by=request.actor).model_dump(), likely_duplicates=alike))


@router.get("/customers/{number}", response=CustomerWhole, summary=_("Show a customer"))
def customer(request: ApiRequest, number: str) -> CustomerWhole:
    return whole(visible_customer(request, number), by=request.actor)


@router.patch("/customers/{number}", response=CustomerWhole, summary=_("Correct a customer"))
def revise_customer(request: ApiRequest, number: str, ask: RevisionAsk) -> CustomerWhole:
    known = visible_customer(request, number)
    changes = named_owner(only_given(ask))
    version = changes.pop("version")
    revise(known, replace(draft_of(known), **changes), version=version, by=request.actor, at=timezone.now())
    return whole(visible_customer(request, number), by=request.actor)


@router.post(
    "/customers/{number}/uncovering",
    response=list[ReachShown],
    summary=_("Show phones and addresses whole; who looked is written down"),
)
def uncovering(request: ApiRequest, number: str) -> list[ReachShown]:
    reaches = uncover_all(visible_customer(request, number), by=request.actor, at=timezone.now())
    return [reach_shown(reach, reach.value) for reach in reaches]


def of_owner(rows: CustomerQuerySet, owner: str, actor: StaffActor) -> CustomerQuerySet:
    if not owner:
        return rows
    if owner == "nobody":
        return rows.unattended()
    return rows.filter(owner_id=actor.pk if owner == "me" else person_named(owner, field="owner").pk)


def named_owner(fields: dict[str, Any]) -> dict[str, Any]:
    """Return the fields with the account manager in place of their name. Raises BadInput for a stranger."""
    owner = fields.get("owner")
    return fields | {"owner": person_named(owner, field="owner")} if owner else fields
