"""What a new customer wants, and passing it on into the needs (SPEC A6, B4)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from django.db import transaction

from huiying.engagement import onboarding_verbs as verbs
from huiying.engagement.actions.need import NeedDraft, add_need
from huiying.engagement.actions.onboarding_step import complete_if_met, fit_steps, held, meet, step
from huiying.engagement.models import Need, NeedsAnalysis, Onboarding, Origin
from huiying.engagement.onboarding_lifecycle import Step, ensure_running
from huiying.engagement.onboarding_policies import may_work_on
from huiying.engagement.substance import Record, judge
from huiying.journal.actors import Actor
from huiying.journal.entries import record
from huiying.kit.guards import BadInput, ensure, ensure_sound


@dataclass(frozen=True, kw_only=True)
class AnalysisDraft:
    """What was found out. `is_complex`: several departments must speak of it, so a meeting is asked for."""

    type: str
    priority: str
    wanted: str
    is_complex: bool = False


@transaction.atomic
def analyse_needs(onboarding: Onboarding, draft: AnalysisDraft, *, by: Actor, at: datetime) -> NeedsAnalysis:
    """Write down what the customer wants, or what is known better by now. Raises BadInput where it says nothing."""
    onboarding = held(onboarding)
    ensure(may_work_on(by, onboarding))
    ensure_running(onboarding.at_status)
    ensure_says_something(draft.wanted)
    former = onboarding.analyses.first()
    made = NeedsAnalysis(
        onboarding=onboarding,
        version=former.version + 1 if former else 1,
        type=draft.type,
        priority=draft.priority,
        wanted=draft.wanted.strip(),
        is_complex=draft.is_complex,
        noted_by_id=by.pk if by.is_staff else None,
        noted_at=at,
    )
    ensure_sound(made)
    made.save(force_insert=True)
    meet(onboarding, Step.ANALYSIS, by=by, at=at)
    fit_steps(onboarding, by=by, at=at)
    verb = verbs.ANALYSIS_REVISED if former else verbs.ANALYSED
    step(verb, onboarding, by=by, at=at, type=made.type, priority=made.priority, complex=made.is_complex)
    complete_if_met(onboarding, by=by, at=at)
    return made


def ensure_says_something(wanted: str) -> None:
    verdict = judge(Record(content=wanted))
    if verdict.is_hollow:
        raise BadInput(verdict.problem, field="wanted")


@transaction.atomic
def pass_on_need(onboarding: Onboarding, draft: NeedDraft, *, by: Actor, at: datetime) -> Need:
    """Put what was found on the board of needs, linked; also after the onboarding has come to its end."""
    onboarding = held(onboarding)
    ensure(may_work_on(by, onboarding))
    need = add_need(onboarding.customer, draft, by=by, at=at)
    need.onboarding, need.origin = onboarding, Origin.ANALYSIS
    need.save(update_fields=["onboarding", "origin"])
    record(verbs.NEED_FOUND, onboarding, by=by, at=at, need=need.pk)
    return need
