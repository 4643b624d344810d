"""Merging a duplicate into the case that stays, and undoing it."""

from __future__ import annotations

from typing import Annotated

from django.http import Http404
from django.utils import timezone
from django.utils.translation import gettext_noop as _
from ninja import Router
from pydantic import StringConstraints

from huiying.cases.actions import merge, undo_merge
from huiying.cases.api.relation import case_numbered
from huiying.cases.api.shown import CaseNow, now_shown, visible_case
from huiying.cases.queries.merged import merge_to_undo
from huiying.kit.rest import Ask
from huiying.staff.http import ApiRequest

router = Router(tags=["relations"])


class MergeAsk(Ask):
    """The number of the case that stays; it is an open one of the same customer."""

    into: Annotated[str, StringConstraints(max_length=20)]


@router.post("/cases/{number}/merge", response=CaseNow, summary=_("Merge a duplicate into another case"))
def unite(request: ApiRequest, number: str, ask: MergeAsk) -> CaseNow:
    case, into = visible_case(request, number), case_numbered(ask.into, by=request.actor, field="into")
    return now_shown(merge(case, into=into, by=request.actor, at=timezone.now()).source)


@router.delete("/cases/{number}/merge", response=CaseNow, summary=_("Undo a merge"))
def part(request: ApiRequest, number: str) -> CaseNow:
    made = merge_to_undo(visible_case(request, number), by=request.actor)
    if made is None:
        raise Http404
    return now_shown(undo_merge(made, by=request.actor, at=timezone.now()))
