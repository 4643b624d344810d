"""POST cases: a case is taken down by a program."""

from __future__ import annotations

from typing import Annotated

from django.db import IntegrityError
from django.utils import timezone
from django.utils.translation import gettext_noop as _
from ninja import Status
from pydantic import Field, StringConstraints

from huiying.cases.actions import Draft, register
from huiying.cases.api.caller import CallerAsk, caller_of
from huiying.cases.api.promise import PromiseAsk, promise_draft
from huiying.cases.api.router import router
from huiying.cases.api.shown import CaseNow, now_shown
from huiying.cases.models import Case, Kind, Level, Mood, Urgency
from huiying.cases.policies import may_register
from huiying.cases.references import category_named
from huiying.channels.models.endpoint import Channel
from huiying.customers.models import Customer, Order
from huiying.kit.guards import ensure
from huiying.kit.rest import Ask, Code, Line, Moment, Reference, Text, Word
from huiying.staff.actors import StaffActor
from huiying.staff.http import ApiRequest
from huiying.staff.references import person_named


class RegistrationAsk(Ask):
    """A case before it has a number. Either `subject` or `description` is needed; no customer means anonymous.

    The same `external_ref` of the same `source` gives the case that was registered first.
    """

    kind: Code[Kind]
    channel: Code[Channel] = Channel.API
    subject: Line = ""
    description: Text = ""
    demand: Text = ""
    urgency: Code[Urgency] = Urgency.NORMAL
    level: Code[Level] = Level.GENERAL
    mood: Code[Mood] = Mood.CALM
    category: Reference | None = None
    occurred_at: Moment | None = None
    occurred_where: Annotated[str, StringConstraints(max_length=120)] = ""
    product: Annotated[str, StringConstraints(max_length=120)] = ""
    order: Annotated[str, StringConstraints(max_length=60)] = ""
    expected_at: Moment | None = None
    tags: Annotated[list[Word], Field(max_length=20)] = []
    source: Word = ""
    external_ref: Annotated[str, StringConstraints(max_length=80)] = ""
    customer: CallerAsk | None = None
    promise: PromiseAsk | None = None
    complained_about: Annotated[list[Reference], Field(max_length=20)] = []


@router.post("/cases", response={201: CaseNow, 200: CaseNow}, summary=_("Register a case"))
def register_case(request: ApiRequest, ask: RegistrationAsk) -> Status[CaseNow]:
    ensure(may_register(request.actor))
    known = known_case(ask, request.actor)
    if known is not None:
        return Status(200, now_shown(known))
    try:
        case = register(draft_of(ask, request.actor), by=request.actor, at=timezone.now())
    except IntegrityError:  # the same call came in twice at once, and the other was faster
        known = known_case(ask, request.actor)
        if known is None:
            raise
        return Status(200, now_shown(known))
    return Status(201, now_shown(case))


def known_case(ask: RegistrationAsk, by: StaffActor) -> Case | None:
    """Return the visible case that already has this outside number."""
    if not ask.external_ref:
        return None
    same = Case.objects.visible_to(by).filter(source=source_of(ask, by), external_ref=ask.external_ref)
    keys = list(same.order_by().values_list("pk", flat=True)[:1])  # mostly none, so no page is fetched
    return Case.objects.for_page().get(pk=keys[0]) if keys else None


def source_of(ask: RegistrationAsk, by: StaffActor) -> str:
    """Without a source of its own, a program's outside numbers are told apart by whose token it uses."""
    return ask.source or f"api:{by.pk}"


def draft_of(ask: RegistrationAsk, by: StaffActor) -> Draft:
    caller = caller_of(ask.customer, by)
    order = order_of(ask.order, caller.customer)
    return Draft(
        kind=ask.kind,
        channel=ask.channel,
        subject=ask.subject,
        description=ask.description,
        caller=caller,
        demand=ask.demand,
        category=category_named(ask.category, field="category") if ask.category else None,
        level=ask.level,
        urgency=ask.urgency,
        mood=ask.mood,
        occurred_at=ask.occurred_at,
        occurred_where=ask.occurred_where,
        product=ask.product or (order.product if order else ""),
        order=order,
        order_number=ask.order,
        expected_at=ask.expected_at,
        tags=ask.tags,
        promise=promise_draft(ask.promise),
        complained_about=[person_named(one, field="complained_about") for one in ask.complained_about],
        source=source_of(ask, by) if ask.external_ref else ask.source,
        external_ref=ask.external_ref,
    )


def order_of(number: str, customer: Customer | None) -> Order | None:
    """Return the customer's order of this number; an unknown number is kept as the caller said it."""
    return Order.objects.filter(number=number, customer=customer).first() if number and customer else None
