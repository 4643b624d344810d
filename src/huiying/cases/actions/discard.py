"""The side exits: withdrawn by the customer, or invalid after a second look (SPEC C4)."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from huiying.cases.actions.step import ensure_timely, held, move, step
from huiying.cases.lifecycle import Stage
from huiying.cases.models import Case, Discard
from huiying.cases.policies import may_discard, may_second, may_withdraw
from huiying.cases.verbs import DISCARD_ASKED, DISCARD_REFUSED, INVALIDATED, WITHDRAWN
from huiying.journal.actors import Actor
from huiying.kit.guards import BadInput, DomainError, Sentence, ensure


@transaction.atomic
def withdraw(case: Case, *, reason: str, by: Actor, at: datetime) -> Case:
    """End a case because the customer takes it back."""
    case = held(case)
    ensure(by.is_customer or by.can("cases.discard"))
    ensure_timely(may_withdraw(by, case), _("Only an open case can be withdrawn."))
    ensure_reason(reason, _("Please say why the customer withdraws."))
    move(case, Stage.WITHDRAWN, at=at)
    let_lapse(case, at=at)
    asked = new_discard(case, Stage.WITHDRAWN, reason, by=by, at=at)
    asked.agreed, asked.decided_at = True, at
    asked.save()
    step(WITHDRAWN, case, by=by, at=at)
    return case


@transaction.atomic
def ask_to_discard(case: Case, *, reason: str, by: Actor, at: datetime) -> Discard:
    """Ask that the case be marked invalid; somebody else decides."""
    case = held(case)
    ensure(by.can("cases.discard"))
    ensure_timely(may_discard(by, case), _("Only an open case can be marked invalid."))
    ensure_reason(reason, _("Please say why the case is invalid."))
    if Discard.objects.filter(case=case, agreed=None).exists():
        raise DomainError(_("Somebody has already asked for this; it waits for a second look."))
    asked = new_discard(case, Stage.INVALID, reason, by=by, at=at)
    asked.save()
    step(DISCARD_ASKED, case, by=by, at=at)
    return asked


@transaction.atomic
def second_discard(asked: Discard, *, agreed: bool, by: Actor, at: datetime) -> Case:
    """Give the second look: the case becomes invalid, or goes on."""
    case = held(asked.case)
    asked = Discard.objects.get(pk=asked.pk)
    if asked.agreed is not None:
        raise DomainError(_("This was already decided."))
    ensure(may_second(by, asked), _("The second look must be somebody else's."))
    asked.agreed, asked.decided_at, asked.seconded_by_id = agreed, at, by.pk if by.is_staff else None
    asked.save()
    if agreed:
        move(case, Stage.INVALID, at=at)
    step(INVALIDATED if agreed else DISCARD_REFUSED, case, by=by, at=at)
    return case


def let_lapse(case: Case, *, at: datetime) -> None:
    """Settle what was asked and not decided: the case has ended in another way."""
    Discard.objects.filter(case=case, agreed=None).update(agreed=False, decided_at=at)


def ensure_reason(reason: str, sentence: Sentence) -> None:
    if not reason.strip():
        raise BadInput(sentence, field="reason")


def new_discard(case: Case, stage: Stage, reason: str, *, by: Actor, at: datetime) -> Discard:
    return Discard(
        case=case,
        episode=case.episode,
        stage=stage,
        reason=reason.strip(),
        asked_by_id=by.pk if by.is_staff else None,
        asked_at=at,
    )
