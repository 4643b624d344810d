"""Promises to the customer."""

from __future__ import annotations

from typing import Annotated

from django.shortcuts import get_object_or_404
from django.utils import timezone
from django.utils.translation import gettext_noop as _
from ninja import Path, Status
from pydantic import StringConstraints

from huiying.cases.actions import PromiseDraft, keep_promise, promise
from huiying.cases.api.router import router
from huiying.cases.api.shown import CaseNow, now_shown, visible_case
from huiying.cases.models import Promise
from huiying.cases.queries.merged import keys_told_on
from huiying.kit.rest import Ask, Key, Moment
from huiying.staff.http import ApiRequest


class PromiseAsk(Ask):
    """What is promised, and by when."""

    text: Annotated[str, StringConstraints(max_length=200)]
    due_at: Moment


class PromiseShown(PromiseAsk):
    """A promise, and whether it was kept."""

    id: int
    kept_at: Moment | None


@router.post("/cases/{number}/promises", response={201: CaseNow}, summary=_("Make a promise to the customer"))
def make_promise(request: ApiRequest, number: str, ask: PromiseAsk) -> Status[CaseNow]:
    draft = PromiseDraft(text=ask.text, due_at=ask.due_at)
    return Status(201, now_shown(promise(visible_case(request, number), draft, by=request.actor, at=timezone.now())))


@router.post(
    "/cases/{number}/promises/{promise_id}/keeping", response=CaseNow, summary=_("Note that a promise was kept")
)
def keep(request: ApiRequest, number: str, promise_id: Path[Key]) -> CaseNow:
    told_on = keys_told_on(visible_case(request, number))
    made = get_object_or_404(Promise.objects.select_related("case"), case__in=told_on, pk=promise_id)
    keep_promise(made, by=request.actor, at=timezone.now())
    return now_shown(visible_case(request, number))


def promise_draft(ask: PromiseAsk | None) -> PromiseDraft | None:
    return PromiseDraft(text=ask.text, due_at=ask.due_at) if ask else None


def promise_shown(made: Promise) -> PromiseShown:
    return PromiseShown(id=made.pk, text=made.text, due_at=made.due_at, kept_at=made.kept_at)
