"""The ladder: warnings and escalation, each rung climbed exactly once, skipped when the duty was met (contract 9)."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from huiying.deadlines import movement
from huiying.deadlines.catalogue import Catalogue, catalogue
from huiying.deadlines.models import Clock, Pause
from huiying.deadlines.models.clock import ClockQuerySet
from huiying.deadlines.models.policy import Rung
from huiying.deadlines.telling import clock_entry, write
from huiying.deadlines.verbs import FOLLOW_UP, MISSED, PAUSE_ENDED
from huiying.journal.actors import CLOCKWORK
from huiying.journal.models import Entry
from huiying.journal.verbs import verb_of
from huiying.kit.rows import update_each

BATCH = 500
RUNG_FIELDS = ["next_ring_at", "rungs_climbed", "breached_at"]
RESUMED_FIELDS = [*RUNG_FIELDS, "state", "counted_from", "due_at"]


@transaction.atomic
def sweep(now: datetime, *, limit: int = BATCH) -> int:
    """Ring up to `limit` clocks that are due; return how many. Several workers may sweep at once.

    The rows are locked and those another worker holds are passed over; a rung and its entry are one transaction, so
    each rung is climbed once, whatever is killed when.
    """
    clocks = list(due_clocks(now)[:limit])
    known = catalogue()
    running = [clock for clock in clocks if clock.is_running]
    paused = [clock for clock in clocks if not clock.is_running]
    entries = [entry for clock in running for entry in climb(clock, known, now)]
    update_each(running, RUNG_FIELDS)
    entries += look_after(paused, known, now) if paused else []
    write(entries)
    return len(clocks)


def due_clocks(now: datetime) -> ClockQuerySet:
    """Return what is due, the longest due first, locked: found by its own index, whatever else there is."""
    return Clock.objects.to_ring(now).select_for_update(skip_locked=True)


def ring(clock: Clock, now: datetime) -> bool:
    """Climb what is due on one clock, unless another worker has already done so."""
    with transaction.atomic():
        held = due_clocks(now).running().filter(pk=clock.pk).first()
        if held is None:
            return False
        entries = climb(held, catalogue(), now)
        held.save(update_fields=RUNG_FIELDS)
        write(entries)
        return True


def climb(clock: Clock, known: Catalogue, now: datetime) -> list[Entry]:
    """Climb every rung that is due and return their entries in order; only the highest is to be told aloud."""
    rungs = known.policy(clock.policy_id).rungs
    entries = []
    while clock.next_ring_at is not None and clock.next_ring_at <= now:
        rung = rungs[clock.rungs_climbed]
        entries.append(rung_entry(clock, rung, known))
        if rung.percent == 100:
            clock.breached_at = clock.breached_at or clock.due_at
        clock.rungs_climbed += 1
        movement.plan_ring(clock, known)
    for entry in entries[:-1]:
        entry.facts["quiet"] = True
    return entries


def rung_entry(clock: Clock, rung: Rung, known: Catalogue) -> Entry:
    """Return the entry of a rung, dated when it was due. Raises LookupError for a verb nobody has declared."""
    verb = verb_of(rung.verb)
    if verb is None:
        raise LookupError(f"No verb is called {rung.verb}.")
    facts: dict[str, object] = {"percent": rung.percent, "to": rung.to, "due_at": iso(clock.due_at)}
    policy = known.policy(clock.policy_id)
    return clock_entry(verb, clock, policy, by=CLOCKWORK, at=clock.next_ring_at or clock.started_at, facts=facts)


def quiet_breach(clock: Clock, known: Catalogue) -> Entry:
    """Return the entry of a breach that was found when the duty was met at last: kept, but nobody is called."""
    facts: dict[str, object] = {"percent": 100, "to": "", "due_at": iso(clock.due_at), "quiet": True}
    at = clock.breached_at or clock.started_at
    return clock_entry(MISSED, clock, known.policy(clock.policy_id), by=CLOCKWORK, at=at, facts=facts)


def look_after(clocks: list[Clock], known: Catalogue, now: datetime) -> list[Entry]:
    """Follow up on clocks that stand still, and set those going again whose longest pause is over (contract 8)."""
    entries = []
    pauses = {pause.clock_id: pause for pause in Pause.objects.filter(clock__in=clocks, ended_at=None)}
    over = []
    for clock in clocks:
        pause, policy = pauses[clock.pk], known.policy(clock.policy_id)
        if now < pause.cap_at:
            clock.next_ring_at = pause.cap_at
            entries.append(clock_entry(FOLLOW_UP, clock, policy, by=CLOCKWORK, at=pause.follow_up_at))
            continue
        movement.resume(clock, known, at=pause.cap_at)
        pause.ended_at = pause.cap_at
        over.append(pause)
        entries.append(clock_entry(PAUSE_ENDED, clock, policy, by=CLOCKWORK, at=pause.cap_at))
    update_each(clocks, RESUMED_FIELDS)
    update_each(over, ["ended_at"])
    return entries


def iso(moment: datetime | None) -> str | None:
    return moment.isoformat() if moment else None
