"""Promises to the customer: each has its own clock and is shown on the customer's page (SPEC C3, C6)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from huiying.cases.actions.relation import both_held
from huiying.cases.actions.step import answerable_for, ensure_timely, held, step
from huiying.cases.models import Case, Promise
from huiying.cases.policies import may_answer, may_register
from huiying.cases.queries.merged import merge_of
from huiying.cases.verbs import KEPT_PROMISE, PROMISED
from huiying.deadlines.actions import start_promised_clock, stop_promised_clock
from huiying.journal.actors import Actor
from huiying.kit.guards import BadInput, ensure


@dataclass(frozen=True, kw_only=True)
class PromiseDraft:
    """What is promised, and by which moment."""

    text: str
    due_at: datetime


@transaction.atomic(savepoint=False)
def promise(case: Case, draft: PromiseDraft, *, by: Actor, at: datetime) -> Case:
    """Note a promise and start its clock. Raises BadInput for an empty one or one that is already past."""
    case = held(case)
    ensure(may_answer(by, case) or may_register(by))
    ensure_timely(case.is_open, _("A promise can be made while the case is open."))
    if not draft.text.strip():
        raise BadInput(_("Please write down what was promised."), field="promise")
    if draft.due_at <= at:
        raise BadInput(_("A promise needs a moment in the future."), field="promise_due_at")
    made = Promise.objects.create(
        case=case,
        text=draft.text.strip()[:200],
        due_at=draft.due_at,
        made_by_id=by.pk if by.is_staff else None,
        made_at=at,
    )
    start_promised_clock("promise", made, about=case, at=at, due_at=made.due_at, answerable=answerable_for(case))
    step(PROMISED, case, by=by, at=at, promise=made.pk, due_at=made.due_at.isoformat())
    return case


@transaction.atomic
def keep_promise(made: Promise, *, by: Actor, at: datetime) -> Case:
    """Say that a promise was kept; its clock stops, at the case that stays where its own was merged into another."""
    ensure(may_answer(by, made.case))
    case = held_with_clock(made.case)
    if Promise.objects.filter(pk=made.pk, kept_at=None).update(kept_at=at):
        stop_promised_clock("promise", made, about=case, at=at)
        step(KEPT_PROMISE, case, by=by, at=at, promise=made.pk)
    return case


def held_with_clock(case: Case) -> Case:
    """Return the case where the clocks of its promises run, locked: itself, or the one it was merged into."""
    merge = merge_of(case)
    case, carrier = both_held(case, merge.into) if merge else (held(case),) * 2
    return carrier if merge_of(case) == merge else held_with_clock(case)  # merged, or undone, before it was locked
