"""Group incidents that detection suggests, with their evidence; declared or dismissed by a person."""

from __future__ import annotations

from django.shortcuts import get_object_or_404
from django.utils import timezone
from django.utils.translation import gettext_noop as _
from ninja import Path, Query, Router, Schema, Status

from huiying.cases.actions import IncidentDraft, declare, dismiss
from huiying.cases.api.incident import IncidentShown, NoIncidentAsk, shown_now
from huiying.cases.models import Case, Suspicion
from huiying.kit.paging import page_of
from huiying.kit.rest import Ask, Code, Key, Line, Moment, Page, PageOf, Reference, Text
from huiying.staff.http import ApiRequest
from huiying.staff.references import person_named

router = Router(tags=["incidents"])


class SuspicionsWanted(PageOf):
    """Which suspicions; those that wait unless another state is named."""

    state: list[Code[Suspicion.State]] = [Suspicion.State.WAITING]


class DeclarationAsk(Ask):
    """What it is about (the suspicion's own title unless given), and who leads it (the caller unless named)."""

    title: Line = ""
    lead: Reference | None = None
    known: Text = ""


class SuspicionShown(Schema):
    """`people` spoke within `days` days where `expected` are usual; `chance` is how likely that is by mere chance."""

    id: Key
    state: Code[Suspicion.State]
    title: str
    words: list[str]
    people: int
    expected: float
    chance: float
    days: int
    looked_back_days: int
    found_at: Moment
    incident: str | None
    reason: str
    cases: list[str]


@router.get("/incident-suspicions", response=Page[SuspicionShown], summary=_("Suspected group incidents"))
def suspicions(request: ApiRequest, wanted: Query[SuspicionsWanted]) -> Page[SuspicionShown]:
    seen = Suspicion.objects.visible_to(request.actor).filter(state__in=wanted.state).select_related("incident")
    page = page_of(seen, by="-found_at", cursor=wanted.cursor, limit=wanted.limit)
    return Page(items=[suspicion_shown(request, one) for one in page.items], next_cursor=page.next_cursor)


@router.post(
    "/incident-suspicions/{suspicion_id}/declaration",
    response={201: IncidentShown},
    summary=_("Declare what is suspected a group incident"),
)
def declaration(request: ApiRequest, suspicion_id: Path[Key], ask: DeclarationAsk) -> Status[IncidentShown]:
    one = visible(request, suspicion_id)
    lead = person_named(ask.lead or str(request.actor.pk), field="lead")
    draft = IncidentDraft(title=ask.title or one.title, known=ask.known, lead=lead)
    cases = [row.case for row in one.cases.select_related("case")]
    made = declare(draft, cases, by=request.actor, at=timezone.now(), suspicion=one)
    return Status(201, shown_now(request, made.number))


@router.post(
    "/incident-suspicions/{suspicion_id}/dismissal",
    response=SuspicionShown,
    summary=_("Decide that what is suspected is no group incident"),
)
def dismissal(request: ApiRequest, suspicion_id: Path[Key], ask: NoIncidentAsk) -> SuspicionShown:
    one = visible(request, suspicion_id)
    dismiss(one, reason=ask.reason.value, remark=ask.remark, by=request.actor, at=timezone.now())
    return suspicion_shown(request, visible(request, suspicion_id))


def visible(request: ApiRequest, key: int) -> Suspicion:
    return get_object_or_404(Suspicion.objects.visible_to(request.actor).select_related("incident"), pk=key)


def suspicion_shown(request: ApiRequest, one: Suspicion) -> SuspicionShown:
    seen = one.cases.filter(case__in=Case.objects.visible_to(request.actor))
    return SuspicionShown(
        id=one.pk,
        state=Suspicion.State(one.state),
        title=one.title,
        words=one.words,
        people=one.people,
        expected=one.expected,
        chance=one.chance,
        days=one.days,
        looked_back_days=one.looked_back,
        found_at=one.found_at,
        incident=one.incident.number if one.incident else None,
        reason=one.reason,
        cases=list(seen.values_list("case__number", flat=True)),
    )
