"""Taking a case on."""

from __future__ import annotations

from django.utils import timezone
from django.utils.translation import gettext_noop as _

from huiying.cases.actions import accept
from huiying.cases.api.promise import PromiseAsk, promise_draft
from huiying.cases.api.router import router
from huiying.cases.api.shown import CaseNow, now_shown, visible_case
from huiying.kit.rest import Ask
from huiying.staff.http import ApiRequest


class AcceptanceAsk(Ask):
    """A promise may be made on the way."""

    promise: PromiseAsk | None = None


@router.post("/cases/{number}/acceptance", response=CaseNow, summary=_("Accept a case; the caller then owns it"))
def acceptance(request: ApiRequest, number: str, ask: AcceptanceAsk | None = None) -> CaseNow:
    case, promised = visible_case(request, number), promise_draft(ask.promise if ask else None)
    return now_shown(accept(case, by=request.actor, at=timezone.now(), promised=promised))
