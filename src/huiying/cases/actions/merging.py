"""Merging a duplicate into the case that stays, and undoing it (SPEC C14, clock contract 11)."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from huiying.cases.actions.recusal import recuse_likewise
from huiying.cases.actions.relation import both_held, ensure_parts_ended
from huiying.cases.actions.step import ensure_timely, move, step
from huiying.cases.lifecycle import Stage
from huiying.cases.models import ActionItem, Case, Discard, Merge
from huiying.cases.policies import may_merge, may_undo_merge
from huiying.cases.verbs import GAVE_BACK, MERGED, TOOK_IN, UNMERGED
from huiying.deadlines.actions import merge_clocks, part_clocks
from huiying.journal.actors import Actor
from huiying.kit.guards import BadInput, DomainError, ensure


@transaction.atomic
def merge(source: Case, *, into: Case, by: Actor, at: datetime) -> Merge:
    """Let a duplicate go on as part of another case of the same customer: nothing moves, its clocks end.

    Where both ran the same clock, the earlier start counts. What was promised on the duplicate is owed on the other.
    Raises BadInput where the two cannot be merged, DomainError where something on the duplicate is to be settled first.
    """
    source, into = both_held(source, into)
    ensure(by.can("cases.work"), _("You are not allowed to merge cases."))
    ensure_timely(may_merge(by, source), _("Only an open case can be merged."))
    ensure_may_take_in(source, into)
    ensure_settled(source)
    made = Merge(
        source=source,
        into=into,
        episode=into.episode,
        stage=source.stage,
        stage_since=source.stage_since,
        awaited_since=into.awaits_answer_since,
        merged_by_id=by.pk if by.is_staff else None,
        at=at,
    )
    made.clocks = merge_clocks(source, into=into, at=at)
    made.save()
    move(source, Stage.MERGED, at=at)
    into.awaits_answer_since = earlier(source.awaits_answer_since, into.awaits_answer_since)
    step(MERGED, source, by=by, at=at, number=into.number)
    step(TOOK_IN, into, by=by, at=at, number=source.number)
    recuse_likewise(into, source, by=by, at=at)
    recuse_likewise(source, into, by=by, at=at)
    return made


@transaction.atomic
def undo_merge(made: Merge, *, by: Actor, at: datetime) -> Case:
    """Take a merged case out again: its stage and clocks are as they were, the other case loses the earlier start.

    What was said meanwhile stays where it was said. Raises DomainError once the other case has ended.
    """
    source, into = both_held(made.source, made.into)
    made = Merge.objects.get(pk=made.pk)
    if made.undone_at is not None:
        raise DomainError(_("This merge was undone already."))
    ensure(by.can("cases.work"), _("You are not allowed to merge cases."))
    if not may_undo_merge(by, made, into):
        raise DomainError(
            _("{number} has ended meanwhile; the merge can no longer be undone.").format(number=into.number)
        )
    part_clocks(made.clocks)
    move(source, Stage(made.stage), at=at)
    source.stage_since = made.stage_since
    if into.awaits_answer_since == earlier(source.awaits_answer_since, made.awaited_since):
        into.awaits_answer_since = made.awaited_since
    made.undone_at, made.undone_by_id = at, by.pk if by.is_staff else None
    made.save(update_fields=["undone_at", "undone_by"])
    step(UNMERGED, source, by=by, at=at, number=into.number)
    step(GAVE_BACK, into, by=by, at=at, number=source.number)
    return source


def ensure_may_take_in(source: Case, into: Case) -> None:
    """Raise BadInput unless the other case is open and the same known customer's: their link will show it."""
    if not into.is_open:
        raise BadInput(_("{number} has ended; choose an open case.").format(number=into.number), field="number")
    if source.customer_id is None or source.customer_id != into.customer_id:
        sentence = _("Only cases of the same known customer are merged. Link others as one incident instead.")
        raise BadInput(sentence, field="number")
    if Merge.objects.standing().filter(into=source).exists():
        raise BadInput(
            _("Others were merged into {number}; merge the other case into it instead.").format(number=source.number),
            field="number",
        )


def ensure_settled(source: Case) -> None:
    """Raise DomainError while something on the duplicate waits for somebody: nobody would find it any more."""
    ensure_parts_ended(source)
    if ActionItem.objects.filter(case=source, done_at=None, dropped_at=None).exists():
        raise DomainError(_("Action items of this case are still open. Complete or drop them before merging."))
    if Discard.objects.filter(case=source, agreed=None).exists():
        raise DomainError(_("Somebody asked to mark this case invalid. Decide that before merging."))


def earlier(one: datetime | None, other: datetime | None) -> datetime | None:
    return min((moment for moment in (one, other) if moment is not None), default=None)
