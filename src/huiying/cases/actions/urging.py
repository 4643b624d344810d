"""What the customer asks of us between the stages: to hurry, or to call (SPEC C13, C16)."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from huiying.cases.actions.assignment import ensure_open
from huiying.cases.actions.step import held, step
from huiying.cases.models import Case
from huiying.cases.verbs import CALL_WANTED, URGED
from huiying.journal.actors import Actor
from huiying.journal.models import Entry


@transaction.atomic
def urge(case: Case, *, by: Actor, at: datetime) -> Case:
    """Note that we are urged; how often is counted on the case's page."""
    case = held(case)
    ensure_open(case)
    step(URGED, case, by=by, at=at, times=times_urged(case) + 1)
    return case


@transaction.atomic
def want_call(case: Case, *, by: Actor, at: datetime) -> Case:
    """Note that the customer wants to be called back; it awaits an answer like a message."""
    case = held(case)
    if case.awaits_answer_since is None:
        case.awaits_answer_since = at
    step(CALL_WANTED, case, by=by, at=at)
    return case


def times_urged(case: Case) -> int:
    return Entry.objects.about(case).filter(verb=URGED.code).count()
