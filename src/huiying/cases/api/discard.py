"""The side exits: withdrawn by the customer, or invalid after a second look."""

from __future__ import annotations

from django.shortcuts import get_object_or_404
from django.utils import timezone
from django.utils.translation import gettext_noop as _
from ninja import Router, Schema, Status

from huiying.cases.actions import ask_to_discard, second_discard, withdraw
from huiying.cases.api.closure import ReasonAsk
from huiying.cases.api.shown import CaseNow, now_shown, visible_case
from huiying.cases.models import Case, Discard
from huiying.kit.rest import Ask, Moment
from huiying.staff.api import Person, person
from huiying.staff.http import ApiRequest

router = Router(tags=["closure"])


class DiscardShown(Schema):
    """A wish to mark the case invalid; it waits for a second pair of eyes."""

    reason: str
    asked_by: Person | None
    asked_at: Moment


class SecondLookAsk(Ask):
    """Whether the second pair of eyes agrees."""

    agreed: bool


@router.post("/cases/{number}/withdrawal", response=CaseNow, summary=_("End a case that the customer takes back"))
def withdrawal(request: ApiRequest, number: str, ask: ReasonAsk) -> CaseNow:
    case = visible_case(request, number)
    return now_shown(withdraw(case, reason=ask.reason, by=request.actor, at=timezone.now()))


@router.post("/cases/{number}/discard", response={201: DiscardShown}, summary=_("Ask to mark a case invalid"))
def discard(request: ApiRequest, number: str, ask: ReasonAsk) -> Status[DiscardShown]:
    case = visible_case(request, number)
    asked = ask_to_discard(case, reason=ask.reason, by=request.actor, at=timezone.now())
    return Status(201, discard_shown(asked))


@router.post("/cases/{number}/discard/second-look", response=CaseNow, summary=_("Agree to mark it invalid, or not"))
def second_look(request: ApiRequest, number: str, ask: SecondLookAsk) -> CaseNow:
    pending = Discard.objects.filter(case=visible_case(request, number), agreed=None)
    asked = get_object_or_404(pending.select_related("case"))
    return now_shown(second_discard(asked, agreed=ask.agreed, by=request.actor, at=timezone.now()))


def pending_discard(case: Case) -> DiscardShown | None:
    asked = Discard.objects.filter(case=case, agreed=None).select_related("asked_by").first()
    return discard_shown(asked) if asked else None


def discard_shown(asked: Discard) -> DiscardShown:
    return DiscardShown(reason=asked.reason, asked_by=person(asked.asked_by), asked_at=asked.asked_at)
