"""Letting a case's clocks stand still, and go again (SPEC C6, clock contract 8)."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from huiying.cases.actions.assignment import ensure_open
from huiying.cases.actions.step import held, step
from huiying.cases.models import Case
from huiying.cases.policies import may_pause
from huiying.cases.verbs import PAUSED, RESUMED
from huiying.deadlines.actions import PauseDraft, pause_clocks, resume_clocks
from huiying.journal.actors import Actor
from huiying.kit.guards import ensure


@transaction.atomic
def pause(case: Case, draft: PauseDraft, *, by: Actor, at: datetime) -> Case:
    """Let the clocks stand still for a coded reason until a moment to follow up.

    Raises BadInput for an unknown reason or a follow-up too far away, DomainError when nothing runs.
    """
    case = held(case)
    ensure_open(case)
    ensure(may_pause(by, case), _("You are not allowed to pause this case."))
    pause_clocks(case, draft, at=at)
    step(PAUSED, case, by=by, at=at, reason=draft.reason, until=draft.follow_up_at.isoformat())
    return case


@transaction.atomic
def resume(case: Case, *, by: Actor, at: datetime) -> Case:
    """Set the clocks going again; what was used stays used."""
    case = held(case)
    ensure(may_pause(by, case), _("You are not allowed to pause this case."))
    if resume_clocks(case, at=at):
        step(RESUMED, case, by=by, at=at)
    return case
