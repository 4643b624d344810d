"""The customer's decision on an offer, as told to us."""

from __future__ import annotations

from typing import Annotated

from django.utils import timezone
from django.utils.translation import gettext_noop as _
from ninja import Path, Router
from pydantic import StringConstraints

from huiying.cases.actions import accept_offer, decline_offer
from huiying.cases.api.offer import Version, visible_offer
from huiying.cases.api.shown import CaseNow, now_shown
from huiying.kit.rest import Ask
from huiying.staff.http import ApiRequest

router = Router(tags=["offers"])


class DecisionAsk(Ask):
    """Whether the customer accepts; who declines says in `comment` what should be different."""

    accepted: bool
    comment: Annotated[str, StringConstraints(max_length=2_000)] = ""


@router.post("/cases/{number}/offers/{version}/decision", response=CaseNow, summary=_("Record the customer's decision"))
def decision(request: ApiRequest, number: str, version: Path[Version], ask: DecisionAsk) -> CaseNow:
    made = visible_offer(request, number, version)
    decide = accept_offer if ask.accepted else decline_offer
    return now_shown(decide(made, by=request.actor, at=timezone.now(), comment=ask.comment))
