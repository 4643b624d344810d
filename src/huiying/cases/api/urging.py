"""Urging by the customer, pressing by a leader, and the answer to it (SPEC C16)."""

from __future__ import annotations

from django.shortcuts import get_object_or_404
from django.utils import timezone
from django.utils.translation import gettext_noop as _
from ninja import Path, Schema, Status

from huiying.cases.actions import answer_pressing, press, urge
from huiying.cases.api.router import router
from huiying.cases.api.shown import CaseNow, now_shown, visible_case
from huiying.cases.models import Pressing
from huiying.kit.rest import Ask, Key, Moment, Text
from huiying.staff.api import Person, person
from huiying.staff.http import ApiRequest


class PressingAsk(Ask):
    """What shall be answered, or the answer."""

    text: Text


class PressingShown(Schema):
    """A leader's question and its answer."""

    id: Key
    text: str
    made_by: Person | None
    made_at: Moment
    answer: str
    answered_by: Person | None
    answered_at: Moment | None


@router.post("/cases/{number}/urging", response=CaseNow, summary=_("Count that the customer urges us"))
def urge_case(request: ApiRequest, number: str) -> CaseNow:
    return now_shown(urge(visible_case(request, number), by=request.actor, at=timezone.now()))


@router.post(
    "/cases/{number}/pressings", response={201: PressingShown}, summary=_("Press a case: its owner has to answer")
)
def press_case(request: ApiRequest, number: str, ask: PressingAsk) -> Status[PressingShown]:
    made = press(visible_case(request, number), ask.text, by=request.actor, at=timezone.now())
    return Status(201, pressing_shown(made))


@router.post(
    "/cases/{number}/pressings/{pressing_id}/answer", response=PressingShown, summary=_("Answer who pressed a case")
)
def answer_case(request: ApiRequest, number: str, pressing_id: Path[Key], ask: PressingAsk) -> PressingShown:
    case = visible_case(request, number)
    pressing = get_object_or_404(Pressing.objects.select_related("case"), case=case, pk=pressing_id)
    return pressing_shown(answer_pressing(pressing, ask.text, by=request.actor, at=timezone.now()))


def pressing_shown(pressing: Pressing) -> PressingShown:
    return PressingShown(
        id=pressing.pk,
        text=pressing.text,
        made_by=person(pressing.made_by),
        made_at=pressing.made_at,
        answer=pressing.answer,
        answered_by=person(pressing.answered_by),
        answered_at=pressing.answered_at,
    )
