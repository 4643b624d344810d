"""The customer's word on the cure, or our attempts to get it."""

from __future__ import annotations

from django.utils import timezone
from django.utils.translation import gettext_noop as _
from ninja import Router, Schema, Status

from huiying.cases.actions import Word, confirm, note_attempt
from huiying.cases.api.shown import CaseNow, now_shown, visible_case
from huiying.cases.models import Attempt, Confirmation
from huiying.channels.models.endpoint import Channel
from huiying.kit.rest import Ask, Code, Line, Moment, Text
from huiying.staff.api import Person, person
from huiying.staff.http import ApiRequest

router = Router(tags=["confirmation"])


class ConfirmationAsk(Ask):
    """What the customer says of the result; partly or not solved goes back to drafting."""

    result: Code[Confirmation.Result]
    rating: Code[Confirmation.Rating]
    comment: Text = ""


class ConfirmationShown(Schema):
    """The customer's word."""

    episode: int
    result: Code[Confirmation.Result]
    rating: Code[Confirmation.Rating]
    comment: str
    given_by_customer: bool
    at: Moment


class AttemptAsk(Ask):
    """A call or letter that did not reach the customer."""

    channel: Code[Channel]
    note: Line


class AttemptShown(Schema):
    """An attempt to reach the customer; three stand for their word."""

    episode: int
    channel: Code[Channel]
    note: str
    by: Person | None
    at: Moment


@router.post("/cases/{number}/confirmation", response=CaseNow, summary=_("Record the customer's word on the cure"))
def confirmation(request: ApiRequest, number: str, ask: ConfirmationAsk) -> CaseNow:
    word = Word(result=ask.result, rating=ask.rating, comment=ask.comment)
    given = confirm(visible_case(request, number), word, by=request.actor, at=timezone.now())
    return now_shown(given.case)


@router.post("/cases/{number}/attempts", response={201: AttemptShown}, summary=_("Record an attempt to reach them"))
def attempt(request: ApiRequest, number: str, ask: AttemptAsk) -> Status[AttemptShown]:
    case = visible_case(request, number)
    made = note_attempt(case, channel=ask.channel, what=ask.note, by=request.actor, at=timezone.now())
    return Status(201, attempt_shown(made))


def confirmation_shown(given: Confirmation) -> ConfirmationShown:
    return ConfirmationShown(
        episode=given.episode,
        result=Confirmation.Result(given.result),
        rating=Confirmation.Rating(given.rating),
        comment=given.comment,
        given_by_customer=given.given_by_customer,
        at=given.at,
    )


def attempt_shown(made: Attempt) -> AttemptShown:
    return AttemptShown(
        episode=made.episode, channel=Channel(made.channel), note=made.note, by=person(made.recorded_by), at=made.at
    )
