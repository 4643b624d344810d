"""A case as the interface shows it: in lists, and after each step."""

from __future__ import annotations

from typing import Any

from django.shortcuts import get_object_or_404
from ninja import Schema

from huiying.cases.lifecycle import Stage
from huiying.cases.models import Case, Category, Handover, Kind, Level, Urgency
from huiying.cases.queries.concerned import handover_of
from huiying.channels.models.endpoint import Channel
from huiying.customers.models import Customer, Tier
from huiying.deadlines.models import Clock
from huiying.kit.rest import Code, Moment
from huiying.staff.api import Named, Person, named, person
from huiying.staff.http import ApiRequest


class CustomerOfCase(Schema):
    """Whose case it is; more of them under customers/{number}, for whoever may see it."""

    number: str
    name: str
    tier: Code[Tier]


class CategoryBrief(Schema):
    """A cause category; `name` names its parents, too."""

    code: str
    name: str


class ClockShown(Schema):
    """One deadline of a case; `due_at` is null while it stands still."""

    id: int
    clock: str
    name: str
    state: Code[Clock.State]
    episode: int
    started_at: Moment
    due_at: Moment | None
    breached_at: Moment | None
    ended_at: Moment | None


class CaseBrief(Schema):
    """A case as lists show it."""

    number: str
    kind: Code[Kind]
    stage: Code[Stage]
    level: Code[Level]
    urgency: Code[Urgency]
    channel: Code[Channel]
    subject: str
    customer: CustomerOfCase | None
    caller_name: str
    category: CategoryBrief | None
    department: Named | None
    team: Named | None
    owner: Person | None
    product: str
    order_number: str
    external_ref: str
    progress: int
    episode: int
    version: int
    received_at: Moment
    stage_since: Moment
    due_at: Moment | None
    closed_at: Moment | None


class HandoverShown(Schema):
    """A hand-over that waits: until `to`, or somebody of `team`, has accepted it, `giver` answers for the case."""

    giver: Person | None
    to: Person | None
    team: Named | None
    reason: str
    made_at: Moment


class CaseNow(CaseBrief):
    """A case as it stands after a step, with the clocks that run or stand still.

    `first_receiver` accepted it first; `handover` is one that waits to be accepted.
    """

    clocks: list[ClockShown]
    first_receiver: Person | None
    handover: HandoverShown | None


def visible_case(request: ApiRequest, number: str) -> Case:
    """Return the case, or raise 404 where it is not there or not for the caller's eyes."""
    return get_object_or_404(Case.objects.visible_to(request.actor), number=number)


def now_shown(case: Case) -> CaseNow:
    live = Clock.objects.about(case).live().by_urgency().select_related("policy")
    return CaseNow(**facts_of(case), **hands_of(case), clocks=[clock_shown(clock) for clock in live])


def hands_of(case: Case) -> dict[str, Any]:
    """Return through whose hands the case goes, besides its owner."""
    waiting = handover_of(case)
    return {
        "first_receiver": person(case.first_receiver),
        "handover": handover_shown(waiting) if waiting is not None else None,
    }


def handover_shown(handover: Handover) -> HandoverShown:
    return HandoverShown(
        giver=person(handover.giver),
        to=person(handover.to),
        team=named(handover.team),
        reason=handover.reason,
        made_at=handover.made_at,
    )


def brief(case: Case) -> CaseBrief:
    return CaseBrief(**facts_of(case))


def facts_of(case: Case) -> dict[str, Any]:
    """Return what every way of showing a case has in common."""
    return {
        "number": case.number,
        "kind": case.kind,
        "stage": case.stage,
        "level": case.level,
        "urgency": case.urgency,
        "channel": case.channel,
        "subject": case.subject,
        "customer": customer_of(case.customer),
        "caller_name": case.caller_name,
        "category": category_brief(case.category),
        "department": named(case.department),
        "team": named(case.team),
        "owner": person(case.owner),
        "product": case.product,
        "order_number": case.order_number,
        "external_ref": case.external_ref,
        "progress": case.progress,
        "episode": case.episode,
        "version": case.version,
        "received_at": case.received_at,
        "stage_since": case.stage_since,
        "due_at": case.due_at,
        "closed_at": case.closed_at,
    }


def customer_of(customer: Customer | None) -> CustomerOfCase | None:
    if customer is None:
        return None
    return CustomerOfCase(number=customer.number, name=customer.name, tier=Tier(customer.tier))


def category_brief(category: Category | None) -> CategoryBrief | None:
    return CategoryBrief(code=category.code, name=category.label) if category else None


def clock_shown(clock: Clock) -> ClockShown:
    return ClockShown(**clock_facts(clock))


def clock_facts(clock: Clock) -> dict[str, Any]:
    return {
        "id": clock.pk,
        "clock": clock.kind,
        "name": str(clock.policy),
        "state": clock.state,
        "episode": clock.episode,
        "started_at": clock.started_at,
        "due_at": clock.due_at,
        "breached_at": clock.breached_at,
        "ended_at": clock.ended_at,
    }
