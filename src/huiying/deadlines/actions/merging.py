"""Merging and splitting: a merge keeps the earlier start, a split inherits its source's (contract 11)."""

from __future__ import annotations

from datetime import datetime

from django.db import models, transaction

from huiying.deadlines import movement
from huiying.deadlines.actions.following import MOVED_FIELDS
from huiying.deadlines.arithmetic.deadline import between
from huiying.deadlines.catalogue import Catalogue, catalogue
from huiying.deadlines.models import Clock, Stint
from huiying.kit.rows import update_each


@transaction.atomic
def merge_clocks(source: models.Model, *, into: models.Model, at: datetime) -> None:
    """End the clocks of `source`; where both run one kind, the one that stays counts from the earlier start."""
    known = catalogue()
    own = live_by_kind(into)
    ended = live_by_kind(source)
    for kind, clock in ended.items():
        if kind in own and clock.started_at < own[kind].started_at:
            begin_earlier(own[kind], clock.started_at, known)
        movement.cancel(clock, at=at)
    update_each([*own.values(), *ended.values()], MOVED_FIELDS)


@transaction.atomic
def inherit_clocks(part: models.Model, *, of: models.Model) -> None:
    """Give what was split off the same clocks as its source, with start, used time and breaches."""
    copies = list(live_by_kind(of).values())
    held = {clock.pk: list(clock.stints.all()) for clock in copies}
    stints = []
    for clock in copies:
        stints += [(stint, clock) for stint in held[clock.pk]]
        clock.pk = None
        clock._state.adding = True
        clock.subject_type, clock.subject_id = part._meta.label_lower, part.pk
        clock.episode, clock.round = movement.episode_of(part), 1
    Clock.objects.bulk_create(copies)
    for stint, clock in stints:
        stint.pk, stint.clock = None, clock
        stint._state.adding = True
    Stint.objects.bulk_create(stint for stint, _clock in stints)


def live_by_kind(subject: models.Model) -> dict[str, Clock]:
    """Return the subject's live clocks by kind, locked; promises stay where they were given."""
    clocks = Clock.objects.about(subject).live().filter(part_id=0).select_for_update()
    return {clock.kind: clock for clock in clocks}


def begin_earlier(clock: Clock, start: datetime, known: Catalogue) -> None:
    """Move the start back; what was used in between is used up here, too."""
    definition = movement.terms(clock, known)
    clock.used += between(start, clock.started_at, unit=definition.unit, calendar=definition.calendar)
    clock.started_at = start
    if clock.counted_from is not None:
        movement.count_from(clock, known, at=clock.counted_from)
