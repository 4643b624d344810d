"""Who is named in a complaint, and taking that back."""

from __future__ import annotations

from django.shortcuts import get_object_or_404
from django.utils import timezone
from django.utils.translation import gettext_noop as _
from ninja import Path, Router, Schema, Status

from huiying.cases.actions import lift_recusal, recuse
from huiying.cases.api.closure import ReasonAsk
from huiying.cases.api.shown import visible_case
from huiying.cases.models import Case, Recusal
from huiying.kit.rest import Ask, Key, Moment, Reference
from huiying.staff.api import Person, person
from huiying.staff.http import ApiRequest
from huiying.staff.references import person_named

router = Router(tags=["cases"])


class RecusalAsk(Ask):
    """Whom of ours the customer complains about, by sign-in name or key."""

    person: Reference


class RecusalShown(Schema):
    """Somebody who is named in the case and has no part in it, until it is lifted."""

    id: Key
    person: Person | None
    named_by: Person | None
    named_at: Moment
    lifted_at: Moment | None
    reason: str


@router.post("/cases/{number}/recusals", response={201: RecusalShown}, summary=_("Name who is complained about"))
def name(request: ApiRequest, number: str, ask: RecusalAsk) -> Status[RecusalShown]:
    case = visible_case(request, number)
    made = recuse(case, person_named(ask.person, field="person"), by=request.actor, at=timezone.now())
    return Status(201, recusal_shown(made))


@router.post(
    "/cases/{number}/recusals/{recusal_id}/lifting",
    response=RecusalShown,
    summary=_("Say that somebody is no longer complained about"),
)
def lift(request: ApiRequest, number: str, recusal_id: Path[Key], ask: ReasonAsk) -> RecusalShown:
    case = visible_case(request, number)
    standing = get_object_or_404(Recusal.objects.standing().select_related("case", "user"), case=case, pk=recusal_id)
    return recusal_shown(lift_recusal(standing, ask.reason, by=request.actor, at=timezone.now()))


def recusals_of(case: Case) -> list[RecusalShown]:
    found = Recusal.objects.standing().filter(case=case).select_related("user", "named_by")
    return [recusal_shown(one) for one in found]


def recusal_shown(recusal: Recusal) -> RecusalShown:
    return RecusalShown(
        id=recusal.pk,
        person=person(recusal.user),
        named_by=person(recusal.named_by),
        named_at=recusal.named_at,
        lifted_at=recusal.lifted_at,
        reason=recusal.reason,
    )
