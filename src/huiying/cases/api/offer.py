"""Offers: versions of a solution, approved where they exceed the maker's limit."""

from __future__ import annotations

from decimal import Decimal
from enum import StrEnum
from typing import Annotated

from django.shortcuts import get_object_or_404
from django.utils import timezone
from django.utils.translation import gettext_noop as _
from ninja import Path, Router, Schema, Status
from pydantic import Field, StringConstraints

from huiying.cases.actions import OfferDraft, RemedyDraft, approve, offer, refuse
from huiying.cases.api.shown import visible_case
from huiying.cases.lifecycle import Stage
from huiying.cases.models import Approval, Case, Offer, Remedy
from huiying.kit.rest import Ask, Code, Line, Moment, Money, Text
from huiying.staff.api import Person, person
from huiying.staff.http import ApiRequest

router = Router(tags=["offers"])
Version = Annotated[int, Field(ge=1, le=32_767)]


class RemedyAsk(Ask):
    """One thing to give; `amount` is what it costs us."""

    kind: Code[Remedy.Kind]
    amount: Money = Decimal(0)
    detail: Line = ""


class OfferAsk(Ask):
    """What the customer shall be offered."""

    text: Text
    remedies: Annotated[list[RemedyAsk], Field(max_length=50)] = []
    improvement: Text = ""
    aftercare: Text = ""
    valid_until: Moment | None = None


class ApprovalAsk(Ask):
    """Whether the offer may be made; a refusal says why in `comment`."""

    approved: bool
    comment: Annotated[str, StringConstraints(max_length=2_000)] = ""


class RemedyShown(Schema):
    """One thing given."""

    kind: Code[Remedy.Kind]
    amount: Money
    detail: str


class ApprovalState(StrEnum):
    """How an offer stands with those who must approve it."""

    NOT_NEEDED = "not_needed"
    PENDING = "pending"
    APPROVED = "approved"
    REFUSED = "refused"


class ApprovalShown(Schema):
    """Whether the offer needed approval, and who gave or refused it."""

    state: Code[ApprovalState]
    by: Person | None
    comment: str


class OfferShown(Schema):
    """One version of a solution."""

    version: int
    state: Code[Offer.State]
    text: str
    amount: Money
    remedies: list[RemedyShown]
    improvement: str
    aftercare: str
    valid_until: Moment | None
    approval: ApprovalShown
    made_by: Person | None
    made_at: Moment
    offered_at: Moment | None
    decided_at: Moment | None
    decision_comment: str


class OfferMade(OfferShown):
    """An offer, and the stage its case is in now."""

    case: str
    stage: Code[Stage]


@router.post("/cases/{number}/offers", response={201: OfferMade}, summary=_("Make the next version of the solution"))
def make_offer(request: ApiRequest, number: str, ask: OfferAsk) -> Status[OfferMade]:
    made = offer(visible_case(request, number), draft_of(ask), by=request.actor, at=timezone.now())
    return Status(201, offer_made(made))


@router.post(
    "/cases/{number}/offers/{version}/approval", response=OfferMade, summary=_("Approve or refuse an offer that waits")
)
def approval(request: ApiRequest, number: str, version: Path[Version], ask: ApprovalAsk) -> OfferMade:
    made = visible_offer(request, number, version)
    decide = approve if ask.approved else refuse
    return offer_made(decide(made, by=request.actor, at=timezone.now(), comment=ask.comment))


def visible_offer(request: ApiRequest, number: str, version: int) -> Offer:
    case = visible_case(request, number)
    return get_object_or_404(Offer.objects.select_related("case"), case=case, version=version)


def draft_of(ask: OfferAsk) -> OfferDraft:
    return OfferDraft(
        text=ask.text,
        remedies=[RemedyDraft(kind=item.kind, amount=item.amount, detail=item.detail) for item in ask.remedies],
        improvement=ask.improvement,
        aftercare=ask.aftercare,
        valid_until=ask.valid_until,
    )


def offers_of(case: Case) -> list[OfferShown]:
    """Return every version in order, in two queries."""
    made = Offer.objects.filter(case=case).select_related("made_by", "approval__decided_by")
    return [offer_shown(one) for one in made.prefetch_related("remedies")]


def offer_made(made: Offer) -> OfferMade:
    case = Case.objects.get(pk=made.case_id)
    shown = offer_shown(made)
    return OfferMade(**dict(shown), case=case.number, stage=case.at_stage)


def offer_shown(made: Offer) -> OfferShown:
    return OfferShown(
        version=made.version,
        state=Offer.State(made.state),
        text=made.text,
        amount=made.amount,
        remedies=[
            RemedyShown(kind=Remedy.Kind(one.kind), amount=one.amount, detail=one.detail) for one in made.remedies.all()
        ],
        improvement=made.improvement,
        aftercare=made.aftercare,
        valid_until=made.valid_until,
        approval=approval_shown(getattr(made, "approval", None)),
        made_by=person(made.made_by),
        made_at=made.made_at,
        offered_at=made.offered_at,
        decided_at=made.decided_at,
        decision_comment=made.decision_comment,
    )


def remedy_shown(remedy: Remedy) -> RemedyShown:
    return RemedyShown(kind=Remedy.Kind(remedy.kind), amount=remedy.amount, detail=remedy.detail)


def approval_shown(asked: Approval | None) -> ApprovalShown:
    if asked is None:
        return ApprovalShown(state=ApprovalState.NOT_NEEDED, by=None, comment="")
    return ApprovalShown(state=ApprovalState(asked.state), by=person(asked.decided_by), comment=asked.comment)
