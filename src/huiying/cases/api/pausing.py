"""Pausing a case's clocks."""

from __future__ import annotations

from django.utils import timezone
from django.utils.translation import gettext_noop as _

from huiying.cases.actions import pause, resume
from huiying.cases.api.router import router
from huiying.cases.api.shown import CaseNow, now_shown, visible_case
from huiying.deadlines.actions import PauseDraft
from huiying.kit.rest import Ask, Moment, Text
from huiying.staff.http import ApiRequest


class PauseAsk(Ask):
    """Why the clocks stand still, as a code, and when somebody looks again."""

    reason: Text
    follow_up_at: Moment


@router.post("/cases/{number}/pause", response=CaseNow, summary=_("Let the clocks of a case stand still"))
def pause_case(request: ApiRequest, number: str, ask: PauseAsk) -> CaseNow:
    draft = PauseDraft(reason=ask.reason, follow_up_at=ask.follow_up_at)
    return now_shown(pause(visible_case(request, number), draft, by=request.actor, at=timezone.now()))


@router.post("/cases/{number}/resumption", response=CaseNow, summary=_("Set paused clocks going again"))
def resume_case(request: ApiRequest, number: str) -> CaseNow:
    return now_shown(resume(visible_case(request, number), by=request.actor, at=timezone.now()))
