"""Re-planning when level, tier or calendar change: only what remains changes, used time never moves (contract 10)."""

from __future__ import annotations

from datetime import datetime

from django.db import models, transaction

from huiying.deadlines import movement
from huiying.deadlines.actions.following import MOVED_FIELDS, Changes, customer_of
from huiying.deadlines.actions.ringing import iso
from huiying.deadlines.arithmetic.state_council import SHIPPED
from huiying.deadlines.catalogue import Catalogue, catalogue
from huiying.deadlines.models import Calendar, Clock, Policy
from huiying.deadlines.models.policy import Situation
from huiying.deadlines.telling import clock_entry, write
from huiying.deadlines.verbs import DROPPED, REPLANNED
from huiying.journal.actors import Actor
from huiying.journal.models import Entry
from huiying.kit.rows import update_each

BATCH = 500


@transaction.atomic
def replan(subject: models.Model, *, situation: Situation, at: datetime, by: Actor) -> list[Clock]:
    """Let the subject's live clocks run by the policies of its new situation; returns those that are live after it.

    A kind that no policy foresees any more is dropped. Promises stay as they were given.
    """
    known = catalogue()
    deciding = known.deciding(situation)
    clocks = list(Clock.objects.about(subject).live().select_for_update())
    changes = Changes(known, by, at)
    for clock in clocks:
        current = known.policy(clock.policy_id)
        clock.customer_id = customer_of(subject)  # the entry belongs to whom the subject concerns by now
        if not current.as_promised:
            run_by(clock, current, deciding.get(clock.kind), changes)
    changes.save()
    return [clock for clock in clocks if clock.is_live]


def run_by(clock: Clock, current: Policy, policy: Policy | None, changes: Changes) -> None:
    """Put one clock under the policy that decides now; the policy it runs by already leaves it alone."""
    if policy is None:
        movement.cancel(clock, at=changes.at)
        changes.entries.append(clock_entry(DROPPED, clock, current, by=changes.by, at=changes.at))
        changes.moved[clock.pk] = clock
        return
    if policy.code == current.code:  # a later version of the same policy holds for new clocks only
        return
    due_before = clock.due_at
    movement.replan(clock, changes.known, policy, at=changes.at)
    facts: dict[str, object] = {"was": current.name, "was_en": current.name_en}
    changes.entries.append(replanned_entry(clock, policy, due_before, changes, facts))
    changes.moved[clock.pk] = clock


def replanned_entry(
    clock: Clock, policy: Policy, due_before: datetime | None, changes: Changes, facts: dict[str, object]
) -> Entry:
    facts |= {"old": iso(due_before), "new": iso(clock.due_at)}
    return clock_entry(REPLANNED, clock, policy, by=changes.by, at=changes.at, facts=facts)


def replan_calendar(calendar: Calendar, *, at: datetime, by: Actor) -> int:
    """Count what remains of every running clock anew by the calendar as it is now; return how many are due otherwise.

    Time used before `at` stays as it was counted. Works in batches, each its own transaction; may be repeated.
    """
    last, moved = 0, 0
    while True:
        clocks = list(running_by(calendar).filter(pk__gt=last).order_by("pk")[:BATCH].values_list("pk", flat=True))
        if not clocks:
            return moved
        moved += _replan_batch(clocks, at=at, by=by)
        last = clocks[-1]


def running_by(calendar: Calendar) -> models.QuerySet[Clock]:
    """Return the running clocks that ask this calendar or one that takes its holidays from it."""
    asking = those_based_on(calendar)
    asked = models.Q(calendar__in=asking)
    if any(one.code == SHIPPED for one in asking):
        asked |= models.Q(calendar=None)
    return Clock.objects.running().exclude(policy__unit="elapsed").filter(asked)


def those_based_on(calendar: Calendar) -> list[Calendar]:
    """Return the calendar, those that take their holidays from it, those that take them from these …"""
    known = list(Calendar.objects.all())
    found = [calendar]
    for above in found:  # grows while it is read
        found += [one for one in known if one.base_id == above.pk and one not in found]
    return found


@transaction.atomic
def _replan_batch(keys: list[int], *, at: datetime, by: Actor) -> int:
    known = catalogue()
    changed: list[Clock] = []
    entries: list[Entry] = []
    for clock in Clock.objects.running().filter(pk__in=keys).select_for_update():
        entry = count_anew(clock, known, at=at, by=by)
        if entry is not None:
            changed.append(clock)
            entries.append(entry)
    update_each(changed, MOVED_FIELDS)
    write(entries)
    return len(changed)


def count_anew(clock: Clock, known: Catalogue, *, at: datetime, by: Actor) -> Entry | None:
    """Count what remains from `at` on by the calendar as it is; None when that changes nothing."""
    policy, due_before = known.policy(clock.policy_id), clock.due_at
    movement.replan(clock, known, policy, at=at)
    if clock.due_at == due_before:
        return None
    facts: dict[str, object] = {"old": iso(due_before), "new": iso(clock.due_at)}
    return clock_entry(REPLANNED, clock, policy, by=by, at=at, facts=facts)
