"""Merging and splitting: a merge keeps the earlier start, a split inherits its source's (contract 11)."""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime
from typing import Any

from django.db import models, transaction

from huiying.deadlines import movement
from huiying.deadlines.actions.following import MOVED_FIELDS
from huiying.deadlines.arithmetic.deadline import NOTHING, between
from huiying.deadlines.catalogue import Catalogue, catalogue
from huiying.deadlines.models import Clock, Pause, Stint
from huiying.kit.rows import update_each

Kept = dict[str, Any]  # a clock as it was, field by field, as JSON holds it; or whose clock was carried over
CARRIED = "carried_from"


@transaction.atomic
def merge_clocks(source: models.Model, *, into: models.Model, at: datetime) -> list[Kept]:
    """End the clocks of `source`; where both run one kind, the one that stays counts from the earlier start.

    Those of promises run on, carried over to `into`. Returns what `part_clocks` needs to undo it.
    """
    known = catalogue()
    own, ended = live_by_kind(into), live_by_kind(source)
    before = {clock.pk: fields_of(clock) for clock in (*own.values(), *ended.values())}
    moved = []
    for kind, clock in ended.items():
        if kind in own and clock.started_at < own[kind].started_at:
            begin_earlier(own[kind], clock.started_at, known)
            moved.append(own[kind])
    for clock in ended.values():
        movement.cancel(clock, at=at)
    changed = [*moved, *ended.values()]
    update_each(changed, MOVED_FIELDS)
    kept = [{"clock": clock.pk, "before": before[clock.pk], "after": fields_of(clock)} for clock in changed]
    return [*kept, *carry_over(source, into=into)]


@transaction.atomic
def part_clocks(kept: list[Kept]) -> None:
    """Undo a merge: clocks that nothing has moved since are as they were; others lose the earlier start again.

    What happened meanwhile stays: a clock that was met, ended or begun afresh is left alone, and so is a breach.
    What was carried over goes back where it was given.
    """
    known = catalogue()
    moved = [one for one in kept if CARRIED not in one]
    clocks = Clock.objects.select_for_update().in_bulk([one["clock"] for one in moved])
    for one in moved:
        clock = clocks.get(one["clock"])
        if clock is None:
            continue
        if is_as(clock, one["after"]):
            restore(clock, one["before"])
        elif clock.is_live and begun_as(clock, one["after"]):
            begin_later(clock, one, known)
    update_each(list(clocks.values()), MOVED_FIELDS)
    for one in kept:
        if CARRIED in one:
            Clock.objects.filter(pk=one["clock"]).update(subject_id=one[CARRIED])


@transaction.atomic
def inherit_clocks(part: models.Model, *, of: models.Model, kinds: Collection[str] | None = None) -> list[Clock]:
    """Give what was split off the same clocks as its source, with start, used time, breaches and pauses.

    `kinds` leaves out those that what was split off has no use for. Returns the clocks it has now.
    """
    copies = [clock for kind, clock in live_by_kind(of).items() if kinds is None or kind in kinds]
    parts: list[tuple[Stint | Pause, Clock]] = []
    for clock in copies:
        parts += [(stint, clock) for stint in clock.stints.all()]
        parts += [(pause, clock) for pause in clock.pauses.filter(ended_at=None)]
    for clock in copies:
        clock.pk = None
        clock._state.adding = True
        clock.subject_type, clock.subject_id = part._meta.label_lower, part.pk
        clock.episode, clock.round = movement.episode_of(part), 1
    Clock.objects.bulk_create(copies)
    for row, clock in parts:
        row.pk, row.clock = None, clock
        row._state.adding = True
    Stint.objects.bulk_create(row for row, _clock in parts if isinstance(row, Stint))
    Pause.objects.bulk_create(row for row, _clock in parts if isinstance(row, Pause))
    return copies


def carry_over(source: models.Model, *, into: models.Model) -> list[Kept]:
    """Let the live clocks of what was promised run on about `into`, so that none is forgotten."""
    promised = Clock.objects.about(source).live().exclude(part_id=0).select_for_update()
    keys = list(promised.order_by("id").values_list("pk", flat=True))
    Clock.objects.filter(pk__in=keys).update(subject_type=into._meta.label_lower, subject_id=into.pk)
    return [{"clock": key, CARRIED: source.pk} for key in keys]


def live_by_kind(subject: models.Model) -> dict[str, Clock]:
    """Return the subject's live clocks by kind, locked, without those of promises."""
    clocks = Clock.objects.about(subject).live().filter(part_id=0).select_for_update()
    return {clock.kind: clock for clock in clocks}


def begin_earlier(clock: Clock, start: datetime, known: Catalogue) -> None:
    """Move the start back; what was used in between is used up here, too."""
    definition = movement.terms(clock, known)
    clock.used += between(start, clock.started_at, unit=definition.unit, calendar=definition.calendar)
    clock.started_at = start
    if clock.counted_from is not None:
        movement.count_from(clock, known, at=clock.counted_from)


def begin_later(clock: Clock, kept: Kept, known: Catalogue) -> None:
    """Take an earlier start back: the time that was used up by it alone is given back."""
    before, after = copy_as(clock, kept["before"]), copy_as(clock, kept["after"])
    given = after.used - before.used
    clock.used = max(clock.used - given, NOTHING)
    if clock.stint_used != after.stint_used:  # handed on meanwhile, with the time that is given back
        clock.stint_used = max(clock.stint_used - given, NOTHING)
    clock.started_at = before.started_at
    if clock.counted_from is not None:
        movement.count_from(clock, known, at=clock.counted_from)


def is_as(clock: Clock, kept: Kept) -> bool:
    """Say whether nothing has moved the clock since; moments compare in whatever zone they were written."""
    then = copy_as(clock, kept)
    columns = [Clock._meta.get_field(name) for name in MOVED_FIELDS]
    names = [column.attname for column in columns if isinstance(column, models.Field)]
    return all(getattr(clock, name) == getattr(then, name) for name in names)


def begun_as(clock: Clock, kept: Kept) -> bool:
    """Say whether the clock still runs from the start that is kept."""
    then = copy_as(clock, kept)
    return (clock.started_at, clock.restarts) == (then.started_at, then.restarts)


def copy_as(clock: Clock, kept: Kept) -> Clock:
    then = Clock(pk=clock.pk)
    restore(then, kept)
    return then


def fields_of(clock: Clock) -> Kept:
    """Return what moves of a clock, exactly: texts where JSON has no such value."""
    columns = [Clock._meta.get_field(name) for name in MOVED_FIELDS]
    return {
        column.name: None if getattr(clock, column.attname) is None else column.value_to_string(clock)
        for column in columns
        if isinstance(column, models.Field)
    }


def restore(clock: Clock, kept: Kept) -> None:
    for name, text in kept.items():
        column = Clock._meta.get_field(name)
        setattr(clock, getattr(column, "attname", name), None if text is None else column.to_python(text))  # type: ignore[union-attr]
