"""Planned contacts through the interface: what is to take place, deeds on it, and how much of it took place."""

from __future__ import annotations

from datetime import date
from typing import Annotated

from django.shortcuts import get_object_or_404
from django.utils import timezone
from django.utils.translation import gettext_noop as _
from ninja import Query, Schema, Status
from pydantic import ConfigDict, StringConstraints

from huiying.customers.api.shown import visible_customer
from huiying.customers.models import Tier
from huiying.engagement.actions import move_contact, plan_contact, revive_contact, skip_contact
from huiying.engagement.api.router import router
from huiying.engagement.drafts import PlanDraft
from huiying.engagement.models import Means, PlannedContact, State
from huiying.engagement.policies import may_lead, may_work
from huiying.engagement.queries.contacts import Standing, standing_as
from huiying.engagement.queries.coverage import Line as Bar
from huiying.engagement.queries.coverage import coverage
from huiying.engagement.queries.listing import read_choice
from huiying.engagement.queries.week import contacts_of
from huiying.engagement.slots import MONTH, QUARTER
from huiying.kit.guards import ensure
from huiying.kit.paging import page_of
from huiying.kit.rest import Ask, Code, Day, Key, Line, Page, PageOf, Reference, Word
from huiying.staff.api import Person, person
from huiying.staff.http import ApiRequest
from huiying.staff.references import person_named

Occasion = Annotated[str, StringConstraints(max_length=300, strip_whitespace=True)]
Length = Annotated[str, StringConstraints(pattern=f"^({MONTH}|{QUARTER})$")]


class PlannedContactsWanted(PageOf):
    """Which planned contacts: by what became of them, of whom, between which days."""

    standing: Code[Standing] | None = None
    customer: Line = ""
    owner: Word = ""
    since: Day | None = None
    until: Day | None = None


class HandPlanAsk(Ask):
    """A contact planned by hand; without `owner` the customer's account manager, else who plans it."""

    model_config = ConfigDict(extra="forbid")

    due_on: Day
    means: Code[Means]
    about: Occasion = ""
    owner: Reference | None = None


class PlannedMoveAsk(Ask):
    to: Day


class PlannedSkipAsk(Ask):
    reason: Line


class PlannedContactShown(Schema):
    """A contact that is to take place; `window_from` and `window_until` are null where no policy asks for it."""

    id: int
    customer: str
    owner: Person | None
    tier: Code[Tier]
    due_on: date
    window_from: date | None
    window_until: date | None
    means: Code[Means]
    about: str
    state: Code[State]
    skip_reason: str
    interaction: int | None


class CoverageWanted(Ask):
    """The month or quarter in which the day `since` lies; this one without."""

    per: Length = QUARTER
    since: Day | None = None


class CoverageLine(Schema):
    """Of what was `due`, how much was `kept`; the rest was missed, skipped, is overdue or planned for today."""

    key: str | int | None
    name: str
    due: int
    kept: int
    missed: int
    skipped: int
    overdue: int
    percent: int


class CoverageShown(Schema):
    """How much of what was due in a period took place."""

    begins: date
    ends: date
    whole: CoverageLine
    by_tier: list[CoverageLine]
    by_team: list[CoverageLine]
    by_owner: list[CoverageLine]


@router.get("/planned-contacts", response=Page[PlannedContactShown], summary=_("List planned contacts"))
def planned_contacts(request: ApiRequest, ask: Query[PlannedContactsWanted]) -> Page[PlannedContactShown]:
    """List one's own; who leads care sees everybody's."""
    ensure(may_work(request.actor))
    rows = contacts_of("all", request.actor).for_rows()
    if ask.standing:
        rows = standing_as(ask.standing, rows, today=timezone.localdate())
    wanted = {
        "customer__number": ask.customer.upper(),
        "owner__username": ask.owner,
        "due_on__gte": ask.since,
        "due_on__lte": ask.until,
    }
    rows = rows.filter(**{name: value for name, value in wanted.items() if value})
    page = page_of(rows, by="due_on", cursor=ask.cursor, limit=ask.limit)
    return Page(items=[contact_shown(one) for one in page.items], next_cursor=page.next_cursor)


@router.post(
    "/customers/{number}/planned-contacts", response={201: PlannedContactShown}, summary=_("Plan a contact by hand")
)
def enter_planned_contact(request: ApiRequest, number: str, ask: HandPlanAsk) -> Status[PlannedContactShown]:
    customer = visible_customer(request, number)
    owner = person_named(ask.owner, field="owner") if ask.owner else None
    draft = PlanDraft(due_on=ask.due_on, means=ask.means, about=ask.about, owner=owner)
    made = plan_contact(customer, draft, by=request.actor, at=timezone.now())
    return Status(201, contact_shown(made))


@router.post(
    "/planned-contacts/{plan_id}/move", response=PlannedContactShown, summary=_("Move a planned contact to a day")
)
def move_planned_contact(request: ApiRequest, plan_id: Key, ask: PlannedMoveAsk) -> PlannedContactShown:
    move_contact(planned_contact(request, plan_id), ask.to, by=request.actor, at=timezone.now())
    return contact_shown(planned_contact(request, plan_id))


@router.post(
    "/planned-contacts/{plan_id}/skip", response=PlannedContactShown, summary=_("Skip a planned contact, saying why")
)
def skip_planned_contact(request: ApiRequest, plan_id: Key, ask: PlannedSkipAsk) -> PlannedContactShown:
    skip_contact(planned_contact(request, plan_id), ask.reason, by=request.actor, at=timezone.now())
    return contact_shown(planned_contact(request, plan_id))


@router.post(
    "/planned-contacts/{plan_id}/revival", response=PlannedContactShown, summary=_("Plan a skipped contact again")
)
def revive_planned_contact(request: ApiRequest, plan_id: Key) -> PlannedContactShown:
    revive_contact(planned_contact(request, plan_id), by=request.actor, at=timezone.now())
    return contact_shown(planned_contact(request, plan_id))


@router.get("/care-coverage", response=CoverageShown, summary=_("How much of what was due took place"))
def care_coverage(request: ApiRequest, ask: Query[CoverageWanted]) -> CoverageShown:
    """Count one's own contacts; for who leads care, everybody's."""
    ensure(may_work(request.actor))
    today = timezone.localdate()
    period = read_choice({"per": ask.per, "from": str(ask.since or "")}, today=today).period
    rows = contacts_of("all" if may_lead(request.actor) else "me", request.actor)
    found = coverage(period.begins, period.ends, today=today, of=rows)
    return CoverageShown(
        begins=period.begins,
        ends=period.ends,
        whole=bar_shown(found.whole),
        by_tier=[bar_shown(bar) for bar in found.by_tier],
        by_team=[bar_shown(bar) for bar in found.by_team],
        by_owner=[bar_shown(bar) for bar in found.by_owner],
    )


def planned_contact(request: ApiRequest, key: int) -> PlannedContact:
    return get_object_or_404(PlannedContact.objects.visible_to(request.actor).for_rows(), pk=key)


def contact_shown(one: PlannedContact) -> PlannedContactShown:
    return PlannedContactShown(
        id=one.pk,
        customer=one.customer.number,
        owner=person(one.owner),
        tier=Tier(one.tier),
        due_on=one.due_on,
        window_from=one.window_from,
        window_until=one.window_until,
        means=Means(one.means),
        about=one.about,
        state=State(one.state),
        skip_reason=one.skip_reason,
        interaction=one.interaction_id,
    )


def bar_shown(bar: Bar) -> CoverageLine:
    return CoverageLine(
        key=bar.key,
        name=bar.name,
        due=bar.due,
        kept=bar.kept,
        missed=bar.missed,
        skipped=bar.skipped,
        overdue=bar.overdue,
        percent=bar.percent,
    )
