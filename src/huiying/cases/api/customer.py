"""POST cases/{number}/customer: a wrong caller is put right."""

from __future__ import annotations

from django.utils import timezone
from django.utils.translation import gettext_noop as _
from pydantic import Field

from huiying.cases.actions import change_customer
from huiying.cases.api.caller import CallerAsk, caller_of
from huiying.cases.api.router import router
from huiying.cases.api.shown import CaseNow, now_shown, visible_case
from huiying.staff.http import ApiRequest


class CaseCustomerAsk(CallerAsk):
    """Whose case it is. `version` is the one that was read; a customer changed since then is a 409."""

    version: int = Field(ge=1, le=2**31 - 1)


@router.post("/cases/{number}/customer", response=CaseNow, summary=_("Put right whose case it is"))
def customer(request: ApiRequest, number: str, ask: CaseCustomerAsk) -> CaseNow:
    case, caller = visible_case(request, number), caller_of(ask, request.actor)
    return now_shown(change_customer(case, caller, version=ask.version, by=request.actor, at=timezone.now()))
