"""Needs of customers: entered or suggested, and every step on their way."""

from __future__ import annotations

from decimal import Decimal
from typing import Annotated, Any

from django.shortcuts import get_object_or_404
from django.utils import timezone
from django.utils.translation import gettext_noop as _
from ninja import Path, Query, Schema, Status
from pydantic import StringConstraints

from huiying.customers.api.shown import visible_customer
from huiying.engagement.actions import consultation as asking
from huiying.engagement.actions import need as deeds
from huiying.engagement.actions.need import NeedDraft
from huiying.engagement.api.router import router
from huiying.engagement.lifecycle import Stage
from huiying.engagement.models import Consultation, Decision, Dismissal, Means, Need, Origin
from huiying.engagement.need_policies import may_price
from huiying.engagement.queries.evidence import sentence_of
from huiying.kit.paging import page_of
from huiying.kit.rest import Ask, Code, Day, Key, Line, Moment, Money, Page, PageOf, Reference, Text, only_given
from huiying.staff.api import Person, person
from huiying.staff.http import ApiRequest
from huiying.staff.references import person_named

Title = Annotated[str, StringConstraints(min_length=1, max_length=120, strip_whitespace=True)]
Short = Annotated[str, StringConstraints(max_length=120)]


class NeedsWanted(PageOf):
    """Which needs; all unless narrowed."""

    stage: list[Code[Stage]] = []
    customer: str = ""
    overdue: bool = False


class NeedAsk(Ask):
    title: Title
    description: Text = ""
    product: Short = ""
    owner: Reference | None = None
    value: Money | None = None
    next_step: Line = ""
    next_on: Day | None = None


class NeedChange(Ask):
    """What is sent replaces what was there; the rest stays."""

    title: Title = ""
    description: Text = ""
    product: Short = ""
    owner: Reference | None = None
    value: Money | None = None
    next_step: Line = ""
    next_on: Day | None = None


class ProposalAsk(Ask):
    content: Text
    period: Short
    effect: Text


class PresentationAsk(Ask):
    on: Day
    means: Code[Means]
    heard: Text


class NeedDecisionAsk(Ask):
    """A refusal needs a reason."""

    agreed: bool
    reason: Code[Decision.Reason] | None = None
    remark: Text = ""


class DeliveryAsk(Ask):
    """`ask_on` is the day on which we ask how it is used."""

    on: Day
    what: Text
    ask_on: Day


class FollowUpAsk(Ask):
    usage: Text
    feedback: Text


class DismissalAsk(Ask):
    reason: Code[Dismissal.Reason]
    remark: Line = ""


class ConsultationAsk(Ask):
    person: Reference
    question: Text
    due_on: Day


class AnswerAsk(Ask):
    answer: Text


class EvidenceShown(Schema):
    """The sentence that was said, or figures in a sentence; `ref` names the source."""

    rule: str
    ref: str
    at: Moment
    quote: str
    sentence: str


class ConsultationShown(Schema):
    id: Key
    person: Person | None
    question: str
    due_on: Day
    answer: str
    answered_at: Moment | None


class CustomerNeed(Schema):
    """`value` is null for whoever may not see amounts."""

    id: Key
    customer: str
    title: str
    description: str
    product: str
    origin: Code[Origin]
    stage: Code[Stage]
    stage_since: Moment
    owner: Person | None
    value: Money | None
    next_step: str
    next_on: Day | None
    created_at: Moment


class CustomerNeedWhole(CustomerNeed):
    evidence: list[EvidenceShown]
    consultations: list[ConsultationShown]


@router.get("/needs", response=Page[CustomerNeed], summary=_("Needs of customers"))
def needs(request: ApiRequest, wanted: Query[NeedsWanted]) -> Page[CustomerNeed]:
    seen = Need.objects.visible_to(request.actor).for_list()
    if wanted.stage:
        seen = seen.filter(stage__in=wanted.stage)
    if wanted.customer:
        seen = seen.filter(customer__number=wanted.customer.upper())
    if wanted.overdue:
        seen = seen.overdue(timezone.localdate())
    page = page_of(seen, by="-created_at", cursor=wanted.cursor, limit=wanted.limit)
    return Page(items=[CustomerNeed(**facts(request, one)) for one in page.items], next_cursor=page.next_cursor)


@router.post("/customers/{number}/needs", response={201: CustomerNeedWhole}, summary=_("Enter a need"))
def enter(request: ApiRequest, number: str, ask: NeedAsk) -> Status[CustomerNeedWhole]:
    given = ask.model_dump() | {"owner": person_named(ask.owner, field="owner") if ask.owner else None}
    made = deeds.add_need(visible_customer(request, number), NeedDraft(**given), by=request.actor, at=timezone.now())
    return Status(201, whole(request, made.pk))


@router.get("/needs/{need_id}", response=CustomerNeedWhole, summary=_("One need"))
def need(request: ApiRequest, need_id: Path[Key]) -> CustomerNeedWhole:
    return whole(request, need_id)


@router.patch("/needs/{need_id}", response=CustomerNeedWhole, summary=_("Change a need"))
def revise(request: ApiRequest, need_id: Path[Key], ask: NeedChange) -> CustomerNeedWhole:
    kept, given = visible(request, need_id), only_given(ask)
    if given.get("owner"):
        given["owner"] = person_named(given["owner"], field="owner")
    now = {name: getattr(kept, name) for name in NeedDraft.__dataclass_fields__}
    draft = NeedDraft(**{**now, "title": str(kept), **given})
    deeds.revise_need(kept, draft, by=request.actor, at=timezone.now())
    return whole(request, need_id)


@router.post("/needs/{need_id}/confirmation", response=CustomerNeedWhole, summary=_("Confirm a need"))
def confirm(request: ApiRequest, need_id: Path[Key]) -> CustomerNeedWhole:
    deeds.confirm(visible(request, need_id), by=request.actor, at=timezone.now())
    return whole(request, need_id)


@router.post("/needs/{need_id}/proposals", response={201: CustomerNeedWhole}, summary=_("Make a proposal"))
def propose(request: ApiRequest, need_id: Path[Key], ask: ProposalAsk) -> Status[CustomerNeedWhole]:
    deeds.propose(visible(request, need_id), **ask.model_dump(), by=request.actor, at=timezone.now())
    return Status(201, whole(request, need_id))


@router.post("/needs/{need_id}/presentation", response=CustomerNeedWhole, summary=_("Note that it was presented"))
def present(request: ApiRequest, need_id: Path[Key], ask: PresentationAsk) -> CustomerNeedWhole:
    told = {"on": ask.on, "means": ask.means.value, "heard": ask.heard}
    deeds.present(visible(request, need_id), **told, by=request.actor, at=timezone.now())  # type: ignore[arg-type]
    return whole(request, need_id)


@router.post("/needs/{need_id}/decision", response=CustomerNeedWhole, summary=_("Note what the customer decided"))
def decide(request: ApiRequest, need_id: Path[Key], ask: NeedDecisionAsk) -> CustomerNeedWhole:
    kept = visible(request, need_id)
    if ask.agreed:
        deeds.agree(kept, remark=ask.remark, by=request.actor, at=timezone.now())
    else:
        reason = ask.reason.value if ask.reason else ""
        deeds.decline(kept, reason=reason, remark=ask.remark, by=request.actor, at=timezone.now())
    return whole(request, need_id)


@router.post("/needs/{need_id}/delivery", response=CustomerNeedWhole, summary=_("Note the delivery"))
def deliver(request: ApiRequest, need_id: Path[Key], ask: DeliveryAsk) -> CustomerNeedWhole:
    deeds.deliver(visible(request, need_id), **ask.model_dump(), by=request.actor, at=timezone.now())
    return whole(request, need_id)


@router.post("/needs/{need_id}/follow-up", response=CustomerNeedWhole, summary=_("Note how it is used"))
def follow_up(request: ApiRequest, need_id: Path[Key], ask: FollowUpAsk) -> CustomerNeedWhole:
    deeds.follow_up(visible(request, need_id), **ask.model_dump(), by=request.actor, at=timezone.now())
    return whole(request, need_id)


@router.post("/needs/{need_id}/dismissal", response=CustomerNeedWhole, summary=_("Dismiss a need"))
def dismiss(request: ApiRequest, need_id: Path[Key], ask: DismissalAsk) -> CustomerNeedWhole:
    kept = visible(request, need_id)
    deeds.dismiss(kept, reason=ask.reason.value, remark=ask.remark, by=request.actor, at=timezone.now())
    return whole(request, need_id)


@router.post("/needs/{need_id}/consultations", response={201: CustomerNeedWhole}, summary=_("Ask a colleague"))
def consult(request: ApiRequest, need_id: Path[Key], ask: ConsultationAsk) -> Status[CustomerNeedWhole]:
    asked = {"person": person_named(ask.person, field="person"), "question": ask.question, "due_on": ask.due_on}
    deed: Any = asking.consult
    deed(visible(request, need_id), **asked, by=request.actor, at=timezone.now())
    return Status(201, whole(request, need_id))


@router.post(
    "/needs/{need_id}/consultations/{consultation_id}/answer",
    response=CustomerNeedWhole,
    summary=_("Answer a question"),
)
def answer(request: ApiRequest, need_id: Path[Key], consultation_id: Path[Key], ask: AnswerAsk) -> CustomerNeedWhole:
    asked: Consultation = get_object_or_404(visible(request, need_id).consultations, pk=consultation_id)
    asking.answer(asked, ask.answer, by=request.actor, at=timezone.now())
    return whole(request, need_id)


def visible(request: ApiRequest, key: int) -> Need:
    return get_object_or_404(Need.objects.visible_to(request.actor).for_list(), pk=key)


def whole(request: ApiRequest, key: int) -> CustomerNeedWhole:
    one = visible(request, key)
    return CustomerNeedWhole(
        **facts(request, one),
        evidence=[evidence_shown(each) for each in one.evidence.all()],
        consultations=[consultation_shown(each) for each in one.consultations.select_related("person")],
    )


def facts(request: ApiRequest, one: Need) -> dict[str, Any]:
    plain = ("description", "product", "stage_since", "next_step", "next_on", "created_at")
    value: Decimal | None = one.value if may_price(request.actor) else None
    return {
        **{name: getattr(one, name) for name in plain},
        "id": one.pk,
        "customer": one.customer.number,
        "title": str(one),
        "origin": Origin(one.origin),
        "stage": one.at_stage,
        "owner": person(one.owner),
        "value": value,
    }


def evidence_shown(one: Any) -> EvidenceShown:
    words = sentence_of(one.rule, one.figures)
    return EvidenceShown(rule=one.rule, ref=one.ref, at=one.at, quote=one.quote, sentence=words)


def consultation_shown(one: Consultation) -> ConsultationShown:
    plain = ("question", "due_on", "answer", "answered_at")
    return ConsultationShown(id=one.pk, person=person(one.person), **{name: getattr(one, name) for name in plain})
