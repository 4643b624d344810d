"""Closing a case, and opening it again when it was not cured after all (SPEC C4, C10)."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from huiying.cases.actions.discard import let_lapse
from huiying.cases.actions.offer import supersede_pending
from huiying.cases.actions.relation import ensure_parts_ended
from huiying.cases.actions.second_handling import pass_to_another
from huiying.cases.actions.step import ensure_timely, held, move, step
from huiying.cases.lifecycle import Stage, missing
from huiying.cases.models import Case, Closure, Reopening
from huiying.cases.policies import may_reopen
from huiying.cases.queries.standing import standing
from huiying.cases.verbs import CLOSED, REOPENED
from huiying.journal.actors import Actor
from huiying.kit.guards import BadInput, DomainError, ensure


class NotReady(DomainError):
    """The stage still asks for something; the sentence names it."""

    code = "not-ready"


@transaction.atomic
def close(case: Case, *, by: Actor, at: datetime, lesson: str = "") -> Case:
    """Close a case whose cure is verified. Raises NotReady naming what is missing, IllegalMove from other stages.

    Raises DomainError while parts of it are open, unless its kind allows that (SPEC C14).
    """
    case = held(case)
    ensure(by.can("cases.close"), _("You are not allowed to close cases."))
    move(case, Stage.CLOSED, at=at)
    lacking = missing(Stage.CONFIRMING, standing(case))
    if lacking:
        needs = _(", ").join(str(need.sentence) for need in lacking)
        raise NotReady(_("The case cannot be closed yet. Missing: {needs}.").format(needs=needs))
    ensure_parts_ended(case)
    let_lapse(case, at=at)
    Closure.objects.create(
        case=case, episode=case.episode, lesson=lesson.strip(), closed_by_id=by.pk if by.is_staff else None, at=at
    )
    case.awaits_answer_since = None
    step(CLOSED, case, by=by, at=at, episode=case.episode)
    return case


@transaction.atomic
def reopen(case: Case, *, reason: str, by: Actor, at: datetime) -> Case:
    """Begin a second handling: a new episode with clocks of its own; the first one stays as it was.

    It goes to somebody of the team who has not had it, when there is anybody.
    """
    case = held(case)
    ensure(by.is_customer or by.can("cases.reopen"), _("You are not allowed to reopen cases."))
    ensure_timely(may_reopen(by, case), _("Only a case that has ended can be reopened."))
    if not reason.strip():
        raise BadInput(_("Please say why the case is reopened."), field="reason")
    move(case, Stage.INVESTIGATING, at=at)
    supersede_pending(case)
    case.episode += 1
    Reopening.objects.create(
        case=case,
        episode=case.episode,
        reason=reason.strip(),
        reopened_by_id=by.pk if by.is_staff else None,
        at=at,
    )
    before = case.owner_id
    pass_to_another(case)
    step(REOPENED, case, by=by, at=at, episode=case.episode, from_id=before, to_id=case.owner_id)
    return case
