"""What every deed on a case has in common: hold the row, let the clocks follow, save, write the journal."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

from huiying.cases.lifecycle import ENDED, IllegalMove, Stage
from huiying.cases.models import Case, Handover
from huiying.cases.verbs import MOVED
from huiying.deadlines.actions import Answerable, Situation, follow
from huiying.deadlines.models import Clock
from huiying.journal.actors import Actor
from huiying.journal.entries import record
from huiying.journal.models import Entry
from huiying.journal.verbs import Verb
from huiying.kit.guards import Sentence
from huiying.kit.rows import update_each

PROGRESS = {
    Stage.RECEIVED: 0,
    Stage.ACCEPTED: 10,
    Stage.INVESTIGATING: 20,
    Stage.DRAFTING: 40,
    Stage.AGREEING: 55,
    Stage.EXECUTING: 70,
    Stage.CONFIRMING: 90,
}


RELATED = ("customer", "contact", "category", "owner", "team", "department", "giver", "first_receiver")
STEPPED = (
    "stage",
    "stage_since",
    "closed_at",
    "episode",
    "version",
    "progress",
    "owner",
    "team",
    "department",
    "first_receiver",
    "giver",
    "due_at",
    "awaits_answer_since",
)


def held(case: Case) -> Case:
    """Return the case as it is by now, locked until the transaction ends: deeds on one case queue up.

    What it pointed to when it was fetched and still points to is not fetched again.
    """
    now = Case.objects.select_for_update(of=("self",)).get(pk=case.pk)
    for name in RELATED:
        known = case._state.fields_cache.get(name)
        if known is not None and known.pk == getattr(now, f"{name}_id"):
            setattr(now, name, known)
    return now


def step(verb: Verb, case: Case, *, by: Actor, at: datetime, **facts: object) -> Entry:
    """Write a deed on a held case: its clocks follow, its version grows, the row is saved, the journal remembers.

    Of the row, what a deed moves is saved (STEPPED); a correction saves its own fields.
    """
    if case.giver_id is not None and not case.is_open:
        settle_handover(case, Handover.Outcome.SUPERSEDED, at=at)
    clocks = follow(verb, case, at=at, situation=situation_of(case), answerable=answerable_for(case), by=by)
    case.due_at = next_due(clocks)
    case.version += 1
    update_each([case], STEPPED)
    return record(verb, case, by=by, at=at, **facts)


def ensure_timely(timely: bool, sentence: Sentence) -> None:
    """Raise IllegalMove unless the deed belongs to where the case stands now; whether one may at all comes first."""
    if not timely:
        raise IllegalMove(sentence)


def move(case: Case, stage: Stage, *, at: datetime) -> None:
    """Move a held case along the track and keep its progress; the deed that moves it is recorded by `step`."""
    case.move_to(stage, at=at)
    if stage not in ENDED:
        case.progress = PROGRESS[stage]
    elif stage is Stage.CLOSED:
        case.progress = 100


def pass_through(case: Case, stage: Stage, *, by: Actor, at: datetime) -> None:
    """Record that a case went through a stage on its way, so that no stop on the track is missing from its story."""
    before = case.at_stage
    move(case, stage, at=at)
    step(MOVED, case, by=by, at=at, from_stage=before.value, to_stage=stage.value)


def situation_of(case: Case) -> Situation:
    """Return what the policies of deadlines look at; codes as in the interface."""
    return {
        "kind": case.kind,
        "level": case.level,
        "urgency": case.urgency,
        "channel": case.channel,
        "tier": case.customer.tier if case.customer else "ordinary",
        "category": case.category.path if case.category else "",
    }


def settle_handover(case: Case, outcome: Handover.Outcome, *, at: datetime, by: Actor | None = None) -> None:
    """End the hand-over that waits, if one does: from now on the case's owner answers for it; `step` saves that."""
    answered_by = by.pk if by is not None and by.is_staff else None
    waiting = Handover.objects.waiting().filter(case=case)
    waiting.update(outcome=outcome, answered_at=at, answered_by_id=answered_by)
    case.giver = None


def answerable_for(case: Case) -> Answerable:
    """Return who answers for the case: who hands it over until that is accepted, else its owner (contract 12)."""
    if case.giver is not None:
        giver = case.giver
        return Answerable(owner_id=giver.pk, team_id=giver.team_id, department_id=giver.department_id)
    return Answerable(owner_id=case.owner_id, team_id=case.team_id, department_id=case.department_id)


def next_due(clocks: Iterable[Clock]) -> datetime | None:
    """Return the nearest deadline among running clocks: what lists sort by."""
    return min((clock.due_at for clock in clocks if clock.is_running and clock.due_at), default=None)
