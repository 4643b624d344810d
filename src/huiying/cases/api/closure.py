"""Closing a case, and opening it again."""

from __future__ import annotations

from django.utils import timezone
from django.utils.translation import gettext_noop as _
from ninja import Router

from huiying.cases.actions import close, reopen
from huiying.cases.api.shown import CaseNow, now_shown, visible_case
from huiying.kit.rest import Ask, Text
from huiying.staff.http import ApiRequest

router = Router(tags=["closure"])


class ClosureAsk(Ask):
    """What was learnt."""

    lesson: Text = ""


class ReasonAsk(Ask):
    """Why."""

    reason: Text


@router.post("/cases/{number}/closure", response=CaseNow, summary=_("Close a case whose cure is verified"))
def closure(request: ApiRequest, number: str, ask: ClosureAsk | None = None) -> CaseNow:
    lesson = ask.lesson if ask else ""
    return now_shown(close(visible_case(request, number), by=request.actor, at=timezone.now(), lesson=lesson))


@router.post("/cases/{number}/reopening", response=CaseNow, summary=_("Reopen a case for a second handling"))
def reopening(request: ApiRequest, number: str, ask: ReasonAsk) -> CaseNow:
    case = visible_case(request, number)
    return now_shown(reopen(case, reason=ask.reason, by=request.actor, at=timezone.now()))
