"""Letting clocks run on whose end was undone: what ended them is as if it had never been."""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime

from django.db import models, transaction

from huiying.deadlines import movement
from huiying.deadlines.actions.following import MOVED_FIELDS
from huiying.deadlines.catalogue import catalogue
from huiying.deadlines.models import Clock, Pause
from huiying.kit.rows import update_each


@transaction.atomic
def revive_clocks(
    subject: models.Model, *, ended_at: datetime, kinds: Collection[str] = (), part_id: int | None = None
) -> list[Clock]:
    """Let the subject's clocks that ended at that moment run on with the deadlines they had; return all that live.

    A kind that runs again by now is left alone. Steps of the ladder that fell due meanwhile are climbed with the next
    beat. `kinds` and `part_id` narrow what is revived.
    """
    clocks = list(Clock.objects.about(subject).select_for_update().order_by("id"))
    live = {(clock.kind, clock.part_id) for clock in clocks if clock.is_live}
    ended = [clock for clock in clocks if not clock.is_live and clock.ended_at == ended_at]
    revived = [
        clock
        for clock in ended
        if (not kinds or clock.kind in kinds)
        and part_id in (None, clock.part_id)
        and (clock.kind, clock.part_id) not in live
    ]
    follow_ups = dict(Pause.objects.filter(clock__in=revived, ended_at=None).values_list("clock_id", "follow_up_at"))
    for clock in revived:
        revive(clock, follow_up_at=follow_ups.get(clock.pk))
    update_each(revived, MOVED_FIELDS)
    return [clock for clock in clocks if clock.is_live]


def revive(clock: Clock, *, follow_up_at: datetime | None) -> None:
    clock.ended_at = None
    if clock.counted_from is None:
        clock.state, clock.next_ring_at = Clock.State.PAUSED, follow_up_at
        return
    clock.state = Clock.State.RUNNING
    movement.plan_ring(clock, catalogue())
