"""How a clock moves: start, stand still, go on, end, begin afresh, be re-planned. In memory; actions save.

A clock keeps time in its own unit: what was used until `counted_from`, and since then what the calendar tells.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, timedelta

from django.db import models

from huiying.deadlines.arithmetic.counting import end_of
from huiying.deadlines.arithmetic.deadline import NOTHING, Definition, between, later
from huiying.deadlines.arithmetic.units import Length, Unit
from huiying.deadlines.catalogue import Catalogue
from huiying.deadlines.models import Clock, Policy, Stint

State = Clock.State


def episode_of(subject: models.Model) -> int:
    """Return the episode a subject is in: how often it was begun, where it counts that (contract 1)."""
    return getattr(subject, "episode", 1)


def terms(clock: Clock, known: Catalogue) -> Definition:
    """Return what the clock runs by."""
    policy = known.policy(clock.policy_id)
    return Definition(policy.counted_in, policy.length, known.calendar(clock.calendar_id))


def start(clock: Clock, known: Catalogue, *, at: datetime) -> None:
    """Let a clock begin at `at`."""
    definition = terms(clock, known)
    clock.started_at = clock.counted_from = at
    clock.used = clock.stint_used = NOTHING
    clock.stint_from = None
    clock.allowance = definition.allowance(at)
    clock.due_at = definition.due(at)
    plan_ring(clock, known)


def start_promised(clock: Clock, known: Catalogue, *, at: datetime, due_at: datetime) -> None:
    """Let the clock of a promise run from `at` until the moment that was promised."""
    clock.started_at = clock.counted_from = at
    clock.allowance = max(due_at - at, NOTHING)
    clock.due_at = due_at
    plan_ring(clock, known)


def pause(clock: Clock, known: Catalogue, *, at: datetime) -> None:
    """Let it stand still; when that is after the due moment, the breach is kept."""
    keep_breach(clock, at=at)
    clock.used = used_by(clock, known, at=at)
    clock.state = State.PAUSED
    clock.counted_from = clock.due_at = None


def resume(clock: Clock, known: Catalogue, *, at: datetime) -> None:
    clock.state = State.RUNNING
    count_from(clock, known, at=at)


def keep_breach(clock: Clock, *, at: datetime) -> None:
    if clock.due_at is not None and at > clock.due_at:
        clock.breached_at = clock.breached_at or clock.due_at


def stop(clock: Clock, *, at: datetime) -> None:
    """The duty is met; when that is after the due moment, the breach is kept."""
    keep_breach(clock, at=at)
    end(clock, State.MET, at=at)


def cancel(clock: Clock, *, at: datetime) -> None:
    """The duty no longer exists."""
    end(clock, State.CANCELLED, at=at)


def hand_on(clock: Clock, known: Catalogue, *, at: datetime) -> Stint:
    """End the stretch of time that lay with the present holder, and return it (contract 12)."""
    used = used_by(clock, known, at=at)
    stint = Stint(
        clock=clock,
        owner_id=clock.owner_id,
        team_id=clock.team_id,
        department_id=clock.department_id,
        restarts=clock.restarts,
        started_at=clock.stint_from or clock.started_at,
        ended_at=max(at, clock.stint_from or clock.started_at),
        used=used - clock.stint_used,
    )
    clock.stint_from, clock.stint_used = stint.ended_at, used
    return stint


def end(clock: Clock, state: Clock.State, *, at: datetime) -> None:
    clock.state, clock.ended_at, clock.next_ring_at = state, at, None


def restart(clock: Clock, known: Catalogue, *, at: datetime) -> None:
    """Begin afresh: what was owed until now was done in time (contract 6)."""
    clock.state = State.RUNNING
    clock.restarts += 1
    clock.rungs_climbed = 0
    clock.replanned_at = None
    start(clock, known, at=at)


def replan(clock: Clock, known: Catalogue, policy: Policy, *, at: datetime) -> None:
    """Change what the clock runs by: only what remains changes, used time never moves (contract 10)."""
    if clock.counted_from is not None:
        at = max(at, clock.counted_from)  # begun after the change, it counts from its own start
        clock.used = used_by(clock, known, at=at)
    clock.policy = policy
    clock.calendar_id = known.calendar_for(policy, clock.department_id)
    clock.kind = policy.kind
    clock.allowance = terms(clock, known).allowance(clock.started_at)
    clock.replanned_at = at
    if clock.is_running:
        count_from(clock, known, at=at)


def extend(clock: Clock, known: Catalogue, length: Length, *, at: datetime) -> None:
    """Give a running clock more time, counted on from the moment it was due; what it has used stays used.

    Steps of the ladder that lie ahead again are climbed again.
    """
    if clock.due_at is None or clock.counted_from is None:
        raise ValueError("A clock that stands still is not extended.")
    definition = replace(terms(clock, known), length=length)
    clock.allowance += definition.allowance(clock.due_at)
    used = used_by(clock, known, at=at)
    rungs = known.policy(clock.policy_id).rungs
    clock.rungs_climbed = sum(used >= clock.allowance * rung.percent / 100 for rung in rungs)
    count_from(clock, known, at=clock.counted_from)


def count_from(clock: Clock, known: Catalogue, *, at: datetime) -> None:
    """Count what remains from `at` on; used up already, the clock is due at once."""
    definition = terms(clock, known)
    left = max(clock.allowance - clock.used, NOTHING)
    clock.counted_from = at
    clock.due_at = due_after(clock, left, definition)
    plan_ring(clock, known)


def due_after(clock: Clock, left: timedelta, definition: Definition) -> datetime:
    """Return when `left` is used up; working days from which nothing was lost keep their point of the day.

    No open time lies between a closing and the next opening, and yet they are not the same moment.
    """
    begun, unit, calendar = clock.counted_from or clock.started_at, definition.unit, definition.calendar
    if unit is Unit.WORKING and definition.length.days:
        point = definition.due(clock.started_at)
        if point >= begun and between(begun, point, unit=unit, calendar=calendar) == left:
            return point
    return later(begun, left, unit=unit, calendar=calendar)


def used_by(clock: Clock, known: Catalogue, *, at: datetime) -> timedelta:
    """Return the time used by `at`, in the clock's own unit."""
    if clock.counted_from is None:
        return clock.used
    definition = terms(clock, known)
    return clock.used + between(clock.counted_from, at, unit=definition.unit, calendar=definition.calendar)


def plan_ring(clock: Clock, known: Catalogue) -> None:
    """Write down when the next rung of the ladder is due, if one is left."""
    rungs = known.policy(clock.policy_id).rungs
    if clock.rungs_climbed >= len(rungs):
        clock.next_ring_at = None
        return
    clock.next_ring_at = reaches(clock, known, rungs[clock.rungs_climbed].percent)


def reaches(clock: Clock, known: Catalogue, percent: int) -> datetime:
    """Return when a running clock has used `percent` of its time; over 100 counts on from the due moment."""
    if clock.counted_from is None or clock.due_at is None:
        raise ValueError("A clock that stands still reaches nothing.")
    definition = terms(clock, known)
    unit, calendar = definition.unit, definition.calendar
    wanted = clock.allowance * percent / 100 - clock.used
    if percent > 100:
        extra = max(wanted - max(clock.allowance - clock.used, NOTHING), NOTHING)
        wall = Unit.ELAPSED if unit is Unit.STATUTORY else unit
        return later(clock.due_at, extra, unit=wall, calendar=calendar)
    if percent == 100:
        return clock.due_at
    if unit is Unit.STATUTORY:
        return min(end_of(calendar.local(clock.counted_from).date(), calendar) + wanted, clock.due_at)
    return later(clock.counted_from, max(wanted, NOTHING), unit=unit, calendar=calendar)
