"""Accepting what was handed over, or giving it back."""

from __future__ import annotations

from django.utils import timezone
from django.utils.translation import gettext_noop as _
from ninja import Router

from huiying.cases.actions import accept_handover, return_handover
from huiying.cases.api.closure import ReasonAsk
from huiying.cases.api.shown import CaseNow, now_shown, visible_case
from huiying.staff.http import ApiRequest

router = Router(tags=["cases"])


@router.post("/cases/{number}/handover/acceptance", response=CaseNow, summary=_("Accept a case that was handed over"))
def accept(request: ApiRequest, number: str) -> CaseNow:
    return now_shown(accept_handover(visible_case(request, number), by=request.actor, at=timezone.now()))


@router.post("/cases/{number}/handover/return", response=CaseNow, summary=_("Give back a case that was handed over"))
def give_back(request: ApiRequest, number: str, ask: ReasonAsk) -> CaseNow:
    case = visible_case(request, number)
    return now_shown(return_handover(case, ask.reason, by=request.actor, at=timezone.now()))
