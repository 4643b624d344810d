"""Taking another matter out of a case."""

from __future__ import annotations

from typing import Annotated, Literal

from django.utils import timezone
from django.utils.translation import gettext_noop as _
from ninja import Router, Status
from pydantic import Field

from huiying.cases.actions import SplitDraft, split
from huiying.cases.api.shown import CaseNow, now_shown, visible_case
from huiying.cases.models import Case, Kind, Level, Side, Urgency
from huiying.cases.references import category_named
from huiying.kit.rest import Ask, Code, Key, Line, Reference, Text
from huiying.staff.http import ApiRequest

router = Router(tags=["relations"])


class SplitAsk(Ask):
    """The ids of the customer's messages about the other matter; what is left out is as in the case.

    The new case is `side` this one: a part of it, or a follow-up.
    """

    messages: Annotated[list[Key], Field(min_length=1, max_length=200)]
    subject: Line = ""
    demand: Text = ""
    kind: Code[Kind] | None = None
    level: Code[Level] | None = None
    urgency: Code[Urgency] | None = None
    category: Reference | None = None
    side: Literal["child_of", "follow_up_of"] = "child_of"


@router.post("/cases/{number}/splits", response={201: CaseNow}, summary=_("Make another matter a case of its own"))
def split_off(request: ApiRequest, number: str, ask: SplitAsk) -> Status[CaseNow]:
    case = visible_case(request, number)
    return Status(201, now_shown(split(case, draft_of(ask, case), by=request.actor, at=timezone.now())))


def draft_of(ask: SplitAsk, case: Case) -> SplitDraft:
    return SplitDraft(
        messages=ask.messages,
        subject=ask.subject,
        demand=ask.demand,
        kind=ask.kind or case.kind,
        level=ask.level or case.level,
        urgency=ask.urgency or case.urgency,
        category=category_named(ask.category, field="category") if ask.category else None,
        side=Side(ask.side),
    )
