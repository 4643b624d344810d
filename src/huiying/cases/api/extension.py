"""More time for one of a case's deadlines: asked for, and approved by somebody else."""

from __future__ import annotations

from django.shortcuts import get_object_or_404
from django.utils import timezone
from django.utils.translation import gettext_noop as _
from ninja import Path, Schema, Status

from huiying.cases.actions import allow_more_time, ask_more_time, refuse_more_time
from huiying.cases.api.offer import ApprovalAsk
from huiying.cases.api.router import router
from huiying.cases.api.shown import visible_case
from huiying.deadlines.actions import ExtensionDraft
from huiying.deadlines.arithmetic.units import parse_length
from huiying.deadlines.models import Clock, Extension
from huiying.kit.rest import Ask, Code, Key, Moment, Text, Word
from huiying.staff.api import Person, person
from huiying.staff.http import ApiRequest


class ExtensionAsk(Ask):
    """How much more time (`30m`, `4h`, `2d`), why, and what the customer is told once it is approved."""

    length: Word
    reason: Text
    told: Text = ""


class ExtensionShown(Schema):
    """A request for more time and what became of it."""

    id: Key
    clock: str
    length: str
    reason: str
    told: str
    state: Code[Extension.State]
    asked_by: Person | None
    decided_by: Person | None
    comment: str
    due_before: Moment | None
    due_after: Moment | None


@router.post(
    "/cases/{number}/clocks/{kind}/extensions",
    response={201: ExtensionShown},
    summary=_("Ask for more time on a deadline that runs"),
)
def ask(request: ApiRequest, number: str, kind: str, ask: ExtensionAsk) -> Status[ExtensionShown]:
    case = visible_case(request, number)
    clock = get_object_or_404(Clock.objects.about(case).running(), kind=kind, part_id=0)
    draft = ExtensionDraft(length=parse_length(ask.length), reason=ask.reason, told=ask.told)
    return Status(201, extension_shown(ask_more_time(case, clock, draft, by=request.actor, at=timezone.now())))


@router.post(
    "/cases/{number}/extensions/{extension_id}/approval",
    response=ExtensionShown,
    summary=_("Approve or refuse more time"),
)
def decide(request: ApiRequest, number: str, extension_id: Path[Key], ask: ApprovalAsk) -> ExtensionShown:
    case = visible_case(request, number)
    asked = Extension.objects.select_related("clock__policy")
    extension = get_object_or_404(asked, clock__in=Clock.objects.about(case), pk=extension_id)
    deed = allow_more_time if ask.approved else refuse_more_time
    return extension_shown(deed(extension, case, by=request.actor, at=timezone.now(), comment=ask.comment))


def extension_shown(extension: Extension) -> ExtensionShown:
    return ExtensionShown(
        id=extension.pk,
        clock=extension.clock.kind,
        length=extension.length.code,
        reason=extension.reason,
        told=extension.told,
        state=Extension.State(extension.state),
        asked_by=person(extension.asked_by),
        decided_by=person(extension.decided_by),
        comment=extension.comment,
        due_before=extension.due_before,
        due_after=extension.due_after,
    )
