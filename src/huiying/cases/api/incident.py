"""Group incidents in the interface: declared, answered at once, verified customer by customer, ended."""

from __future__ import annotations

from typing import Annotated, Any

from django.shortcuts import get_object_or_404
from django.utils import timezone
from django.utils.translation import gettext_noop as _
from ninja import Query, Router, Schema, Status
from pydantic import Field

from huiying.cases.actions import (
    IncidentDraft,
    call_off,
    declare,
    end,
    form_team,
    join,
    leave,
    publish,
    tell_by_phone,
    verify,
)
from huiying.cases.api.relation import case_numbered
from huiying.cases.api.shown import ClockShown, clock_shown
from huiying.cases.lifecycle import Stage
from huiying.cases.models import Case, Incident, Membership, Suspicion
from huiying.cases.models.incident import IncidentQuerySet
from huiying.deadlines.models import Clock
from huiying.kit.paging import page_of
from huiying.kit.rest import Ask, Code, Line, Moment, Page, PageOf, Reference, Text, Word
from huiying.staff.api import Person, person
from huiying.staff.http import ApiRequest
from huiying.staff.references import person_named

router = Router(tags=["incidents"])
Numbers = Annotated[list[Word], Field(min_length=1, max_length=500)]


class IncidentAsk(Ask):
    """What it is about, its cases by number, who leads it (the caller, unless named), and what is known."""

    title: Line
    cases: Numbers
    lead: Reference | None = None
    known: Text = ""


class TeamAsk(Ask):
    """Who works on it; those named before are replaced."""

    people: Annotated[list[Reference], Field(max_length=100)]


class StatementAsk(Ask):
    """One answer to all."""

    text: Text


class MembersAsk(Ask):
    """Cases by number."""

    cases: Numbers


class VerificationAsk(Ask):
    """What the customer says of the cure."""

    cured: bool
    remark: Line = ""


class EndingAsk(Ask):
    """What it came from and what was done about it."""

    cause: Text
    measures: Text


class NoIncidentAsk(Ask):
    """Why it is no group incident."""

    reason: Code[Suspicion.Reason]
    remark: Line = ""


class IncidentsWanted(PageOf):
    """Which incidents."""

    state: list[Code[Incident.State]] = []


class IncidentBrief(Schema):
    """A group incident as lists show it."""

    number: str
    title: str
    state: Code[Incident.State]
    lead: Person | None
    declared_at: Moment
    due_at: Moment | None
    ended_at: Moment | None


class StatementShown(Schema):
    version: int
    text: str
    made_by: Person | None
    at: Moment


class MemberShown(Schema):
    """A case of an incident; `told` is the version its customer got, `not_told` why they could not be told."""

    number: str
    stage: Code[Stage]
    told: int
    told_at: Moment | None
    not_told: str
    cured: bool | None
    verified_at: Moment | None
    remark: str


class IncidentShown(IncidentBrief):
    """A group incident with what the caller may see of its cases."""

    known: str
    cause: str
    measures: str
    people: list[Person]
    statements: list[StatementShown]
    members: list[MemberShown]
    clocks: list[ClockShown]


@router.get("/incidents", response=Page[IncidentBrief], summary=_("Group incidents"))
def incidents(request: ApiRequest, wanted: Query[IncidentsWanted]) -> Page[IncidentBrief]:
    seen = Incident.objects.visible_to(request.actor).select_related("lead")
    seen = seen.filter(state__in=wanted.state) if wanted.state else seen
    page = page_of(seen, by="-declared_at", cursor=wanted.cursor, limit=wanted.limit)
    return Page(items=[IncidentBrief(**brief_of(one)) for one in page.items], next_cursor=page.next_cursor)


@router.post("/incidents", response={201: IncidentShown}, summary=_("Declare a group incident"))
def new_incident(request: ApiRequest, ask: IncidentAsk) -> Status[IncidentShown]:
    lead = person_named(ask.lead or str(request.actor.pk), field="lead")
    draft = IncidentDraft(title=ask.title, known=ask.known, lead=lead)
    made = declare(draft, numbered(request, ask.cases), by=request.actor, at=timezone.now())
    return Status(201, shown_now(request, made.number))


@router.get("/incidents/{incident}", response=IncidentShown, summary=_("One group incident"))
def one_incident(request: ApiRequest, incident: str) -> IncidentShown:
    return shown_now(request, visible(request, incident).number)


@router.post("/incidents/{incident}/team", response=IncidentShown, summary=_("Say who works on an incident"))
def team(request: ApiRequest, incident: str, ask: TeamAsk) -> IncidentShown:
    people = [person_named(one, field="people") for one in ask.people]
    form_team(visible(request, incident), people, by=request.actor, at=timezone.now())
    return shown_now(request, incident)


@router.post("/incidents/{incident}/statements", response=IncidentShown, summary=_("Answer all customers at once"))
def statement(request: ApiRequest, incident: str, ask: StatementAsk) -> IncidentShown:
    publish(visible(request, incident), ask.text, by=request.actor, at=timezone.now())
    return shown_now(request, incident)


@router.post("/incidents/{incident}/members", response=IncidentShown, summary=_("Let cases join an incident"))
def members(request: ApiRequest, incident: str, ask: MembersAsk) -> IncidentShown:
    join(visible(request, incident), numbered(request, ask.cases), by=request.actor, at=timezone.now())
    return shown_now(request, incident)


@router.delete(
    "/incidents/{incident}/members/{number}", response=IncidentShown, summary=_("Take a case out of an incident")
)
def member_out(request: ApiRequest, incident: str, number: str) -> IncidentShown:
    leave(member(request, incident, number), by=request.actor, at=timezone.now())
    return shown_now(request, incident)


@router.post(
    "/incidents/{incident}/members/{number}/verification",
    response=IncidentShown,
    summary=_("Note whether it is cured for one customer"),
)
def verification(request: ApiRequest, incident: str, number: str, ask: VerificationAsk) -> IncidentShown:
    asked = member(request, incident, number)
    verify(asked, cured=ask.cured, remark=ask.remark, by=request.actor, at=timezone.now())
    return shown_now(request, incident)


@router.post(
    "/incidents/{incident}/members/{number}/calling",
    response=IncidentShown,
    summary=_("Note that the answer to all was said by phone"),
)
def calling(request: ApiRequest, incident: str, number: str) -> IncidentShown:
    tell_by_phone(member(request, incident, number), by=request.actor, at=timezone.now())
    return shown_now(request, incident)


@router.post("/incidents/{incident}/ending", response=IncidentShown, summary=_("End an incident"))
def ending(request: ApiRequest, incident: str, ask: EndingAsk) -> IncidentShown:
    end(visible(request, incident), cause=ask.cause, measures=ask.measures, by=request.actor, at=timezone.now())
    return shown_now(request, incident)


@router.post("/incidents/{incident}/calling-off", response=IncidentShown, summary=_("Say that it is no group incident"))
def calling_off(request: ApiRequest, incident: str, ask: NoIncidentAsk) -> IncidentShown:
    called = visible(request, incident)
    call_off(called, reason=ask.reason.value, remark=ask.remark, by=request.actor, at=timezone.now())
    return shown_now(request, incident)


def visible(request: ApiRequest, incident: str) -> Incident:
    return get_object_or_404(with_all(Incident.objects.visible_to(request.actor)), number=incident)


def with_all(incidents: IncidentQuerySet) -> IncidentQuerySet:
    return incidents.select_related("lead").prefetch_related("people__user", "statements__made_by")


def member(request: ApiRequest, incident: str, number: str) -> Membership:
    seen = visible(request, incident).members.standing().filter(case__in=Case.objects.visible_to(request.actor))
    return get_object_or_404(seen.select_related("case__customer", "case__contact", "incident"), case__number=number)


def numbered(request: ApiRequest, numbers: list[str]) -> list[Case]:
    return [case_numbered(number, by=request.actor, field="cases") for number in numbers]


def shown_now(request: ApiRequest, number: str) -> IncidentShown:
    """Return an incident that the caller sees, or saw before this deed, as it is by now."""
    one = with_all(Incident.objects.all()).get(number=number)
    seen = one.members.standing().filter(case__in=Case.objects.visible_to(request.actor)).select_related("case")
    return IncidentShown(
        **brief_of(one),
        known=one.known,
        cause=one.cause,
        measures=one.measures,
        people=[who for one_of_them in one.people.all() if (who := person(one_of_them.user))],
        statements=[
            StatementShown(version=said.version, text=said.text, made_by=person(said.made_by), at=said.at)
            for said in one.statements.all()
        ],
        members=[member_shown(membership) for membership in seen.order_by("id")],
        clocks=[clock_shown(clock) for clock in Clock.objects.about(one).order_by("id")],
    )


def brief_of(one: Incident) -> dict[str, Any]:
    return {
        "number": one.number,
        "title": one.title,
        "state": Incident.State(one.state),
        "lead": person(one.lead),
        "declared_at": one.declared_at,
        "due_at": one.due_at,
        "ended_at": one.ended_at,
    }


def member_shown(membership: Membership) -> MemberShown:
    return MemberShown(
        number=membership.case.number,
        stage=membership.case.at_stage,
        told=membership.told,
        told_at=membership.told_at,
        not_told=membership.not_told,
        cured=membership.cured,
        verified_at=membership.verified_at,
        remark=membership.remark,
    )
