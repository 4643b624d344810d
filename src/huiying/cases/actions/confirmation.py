"""The customer's word on the cure, or our attempts to get it (SPEC C10)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from huiying.cases.actions.step import ensure_timely, held, move, step
from huiying.cases.lifecycle import Stage
from huiying.cases.models import Attempt, Case, Confirmation
from huiying.cases.policies import may_answer, may_confirm
from huiying.cases.verbs import ATTEMPTED, CONFIRMED, CURED, NOT_CURED
from huiying.channels.models.endpoint import Channel
from huiying.journal.actors import Actor
from huiying.kit.guards import BadInput, ensure


@dataclass(frozen=True, kw_only=True)
class Word:
    """What the customer says of the result."""

    result: str
    rating: str
    comment: str = ""


@transaction.atomic
def confirm(case: Case, word: Word, *, by: Actor, at: datetime) -> Confirmation:
    """Record the customer's word. Solved: the case may be closed. Partly or not: back to drafting a solution."""
    case = held(case)
    ensure(by.is_customer or by.can("cases.work"))
    ensure_timely(may_confirm(by, case), _("The customer is asked once everything agreed has been carried out."))
    ensure_known(word)
    given = Confirmation.objects.create(
        case=case,
        episode=case.episode,
        result=word.result,
        rating=word.rating,
        comment=word.comment.strip(),
        given_by_customer=by.is_customer,
        recorded_by_id=by.pk if by.is_staff else None,
        at=at,
    )
    step(CONFIRMED, case, by=by, at=at, result=word.result, rating=word.rating)
    if word.result == Confirmation.Result.SOLVED:
        step(CURED, case, by=by, at=at)
        return given
    move(case, Stage.DRAFTING, at=at)
    step(NOT_CURED, case, by=by, at=at)
    return given


@transaction.atomic
def note_attempt(case: Case, *, channel: str, what: str, by: Actor, at: datetime) -> Attempt:
    """Record an attempt to reach the customer that did not succeed."""
    case = held(case)
    ensure(may_answer(by, case))
    if channel not in Channel.values:
        raise BadInput(_("“{value}” is no channel.").format(value=channel), field="channel")
    if not what.strip():
        raise BadInput(_("Please say what happened, e.g. “not answered, rang for a minute”."), field="note")
    attempt = Attempt.objects.create(
        case=case,
        episode=case.episode,
        channel=channel,
        note=what.strip()[:200],
        recorded_by_id=by.pk if by.is_staff else None,
        at=at,
    )
    step(ATTEMPTED, case, by=by, at=at, attempt=attempt.pk, channel=channel)
    return attempt


def ensure_known(word: Word) -> None:
    for value, codes, name in (
        (word.result, Confirmation.Result.values, "result"),
        (word.rating, Confirmation.Rating.values, "rating"),
    ):
        if value not in codes:
            raise BadInput(
                _("“{value}” is not one of: {codes}.").format(value=value, codes=", ".join(codes)), field=name
            )
