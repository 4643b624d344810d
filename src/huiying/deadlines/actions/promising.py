"""Promises and agreed action items: clocks that bring their own due moment (SPEC C6, “as promised”)."""

from __future__ import annotations

from datetime import datetime

from django.db import models, transaction

from huiying.deadlines import movement
from huiying.deadlines.actions.following import Answerable, Changes, customer_of, meet
from huiying.deadlines.catalogue import catalogue
from huiying.deadlines.models import Clock
from huiying.journal.actors import CLOCKWORK


@transaction.atomic(savepoint=False)
def start_promised_clock(
    kind: str, part: models.Model, *, about: models.Model, at: datetime, due_at: datetime, answerable: Answerable
) -> Clock:
    """Start the clock of one promise or item (`part`) of a subject. It runs by the clock on the wall."""
    known = catalogue()
    policy = known.for_promises(kind)
    clock = Clock(
        subject_type=about._meta.label_lower,
        subject_id=about.pk,
        part_id=part.pk,
        customer_id=customer_of(about),
        policy=policy,
        calendar_id=policy.calendar_id,
        kind=kind,
        episode=movement.episode_of(about),
        owner_id=answerable.owner_id,
        team_id=answerable.team_id,
        department_id=answerable.department_id,
    )
    movement.start_promised(clock, known, at=at, due_at=due_at)
    clock.save(force_insert=True)
    return clock


@transaction.atomic(savepoint=False)
def stop_promised_clock(kind: str, part: models.Model, *, about: models.Model, at: datetime) -> None:
    """The promise was kept or is no longer owed; its clock ends. Does nothing when it has ended already."""
    running = Clock.objects.about(about).live().select_for_update()
    clock = running.filter(kind=kind, part_id=part.pk).first()
    if clock is None:
        return
    changes = Changes(catalogue(), CLOCKWORK, at)
    meet(clock, changes)
    changes.moved[clock.pk] = clock
    changes.save()
