"""What time and open complaints do to planned contacts: held, released, missed (SPEC B1)."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from django.db import transaction
from django.db.models import QuerySet
from django.utils.timezone import localdate

from huiying.cases.lifecycle import OPEN as OPEN_STAGES
from huiying.cases.models import Case, Kind
from huiying.engagement import verbs
from huiying.engagement.actions.planning import place, plan_ahead
from huiying.engagement.models import CareRule, PlannedContact, State
from huiying.engagement.models.planned_contact import HELD_THROUGHOUT
from huiying.journal.actors import CLOCKWORK
from huiying.journal.entries import entry_for, record_all
from huiying.journal.verbs import Verb

BATCH = 500
HOLDING = (Kind.COMPLAINT, Kind.FAULT)


def tend(now: datetime) -> int:
    """Bring the plans in line with what is; return how much was done. Several heartbeats may tend at once."""
    return plan_ahead(now) + hold(now) + release(now) + miss(now)


def in_dispute() -> QuerySet[Case]:
    """Return the open complaints and faults, by customer: no greetings in the middle of a dispute."""
    return Case.objects.filter(stage__in=OPEN_STAGES, kind__in=HOLDING, customer__isnull=False).order_by()


@transaction.atomic
def hold(now: datetime) -> int:
    """Hold what a policy asks for while a complaint of the customer is open; what a person planned stays."""
    held = taken(PlannedContact.objects.by_policy().filter(
        state=State.PLANNED, customer__in=in_dispute().values("customer_id")
    ))  # fmt: skip
    PlannedContact.objects.filter(pk__in=[one.pk for one in held]).update(state=State.HELD)
    tell(verbs.HELD, held, now=now)
    return len(held)


@transaction.atomic
def release(now: datetime) -> int:
    """Let go on what no open complaint holds: on a new day of its window, or not at all where that is over."""
    today = localdate(now)
    free = taken(PlannedContact.objects.filter(state=State.HELD).exclude(
        customer__in=in_dispute().values("customer_id")
    ))  # fmt: skip
    over = [one for one in free if one.window_until is not None and one.window_until < today]
    late = {one.pk for one in over}
    back = [one for one in free if one.pk not in late]
    place([(one, one.due_on if one.due_on > today else None) for one in back], last={}, today=today)
    for one in back:
        one.state = State.PLANNED
    for one in over:
        one.state, one.skip_reason, one.is_excused = State.SKIPPED, HELD_THROUGHOUT, True
    PlannedContact.objects.bulk_update(free, ["state", "due_on", "skip_reason", "is_excused"])
    tell(verbs.RELEASED, back, now=now)
    return len(free)


@transaction.atomic
def miss(now: datetime) -> int:
    """Count as missed what was not done when its window ended, or so long after the day that a person planned."""
    over = PlannedContact.objects.over(localdate(now), hand_days=CareRule.current().hand_days)
    missed = taken(over.filter(state=State.PLANNED))
    PlannedContact.objects.filter(pk__in=[one.pk for one in missed]).update(state=State.MISSED)
    tell(verbs.MISSED, missed, now=now)
    return len(missed)


def taken(rows: QuerySet[PlannedContact]) -> list[PlannedContact]:
    """Return the next of them, locked; those in another worker's hands are passed over."""
    return list(rows.select_for_update(skip_locked=True, of=("self",)).order_by("pk")[:BATCH])


def tell(verb: Verb, planned: Sequence[PlannedContact], *, now: datetime) -> None:
    entries = [entry_for(verb, one, by=CLOCKWORK, at=now, day=one.due_on.isoformat()) for one in planned]
    record_all([(entry, PlannedContact) for entry in entries])
