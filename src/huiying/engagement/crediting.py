"""Which planned contact a contact that took place keeps (SPEC B1).

1. Recorded from a planned contact, it keeps that one, which is then *done* – where the day lies in its window and the
   means suffice. What a person planned is done by any contact recorded from it, which covers a slot besides.
2. Any other contact *covers* the slot of the customer in whose window its day lies, where the means suffice: the
   earliest such slot that is planned, held, or was counted as missed.
3. One contact keeps one slot at most; a hollow one, which only an import brings, keeps none.
4. A correction that changes day or means gives the slot back and asks these rules again.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from datetime import date, datetime

from django.db.models import QuerySet
from django.utils.timezone import localdate

from huiying.engagement.models import CareRule, Interaction, PlannedContact, State

OPEN_TO_CREDIT = (State.PLANNED, State.HELD, State.MISSED)


def credit(interaction: Interaction, *, kept: PlannedContact | None = None) -> PlannedContact | None:
    """Let the contact keep a planned one, `kept` where it was recorded from that; return which, None for none."""
    if interaction.is_hollow:
        return None
    day = localdate(interaction.at)
    is_done = kept is not None and is_kept_by(kept, interaction, day=day) and settle(kept, interaction, State.DONE)
    if kept is not None and is_done and kept.slot:
        return kept
    covered = credit_first(interaction, day=day)
    return kept if is_done else covered


def credit_all(interactions: Sequence[Interaction]) -> None:
    """Let each of many contacts cover a slot, the earliest contact first; one statement where nothing was planned."""
    told = sorted((one for one in interactions if not one.is_hollow), key=lambda one: one.at)
    if not told:
        return
    slots: dict[int, list[PlannedContact]] = defaultdict(list)
    rows = open_slots().filter(
        customer__in={one.customer_id for one in told},
        window_from__lte=localdate(told[-1].at),
        window_until__gte=localdate(told[0].at),
    )
    for planned in rows:
        slots[planned.customer_id].append(planned)
    for one in told:
        day = localdate(one.at)
        kept = next((slot for slot in slots[one.customer_id] if is_kept_by(slot, one, day=day)), None)
        if kept is not None:
            slots[one.customer_id].remove(kept)
            settle(kept, one, State.COVERED)


def open_slots() -> QuerySet[PlannedContact]:
    """Return the slots that a contact may cover, the earliest first."""
    rows = PlannedContact.objects.by_policy().filter(state__in=OPEN_TO_CREDIT).select_related("policy")
    return rows.order_by("window_until", "due_on", "pk")


def credit_first(interaction: Interaction, *, day: date) -> PlannedContact | None:
    rows = open_slots().filter(customer=interaction.customer_id, window_from__lte=day, window_until__gte=day)
    for planned in rows:
        if is_kept_by(planned, interaction, day=day) and settle(planned, interaction, State.COVERED):
            return planned
    return None


def is_kept_by(planned: PlannedContact, interaction: Interaction, *, day: date) -> bool:
    """Say whether the contact is what was planned: the customer's, in the window, and close enough."""
    if planned.customer_id != interaction.customer_id:
        return False
    if not planned.slot or planned.policy is None or planned.window_from is None or planned.window_until is None:
        return True
    return planned.window_from <= day <= planned.window_until and planned.policy.is_met_by(interaction.means)


def settle(planned: PlannedContact, interaction: Interaction, state: State) -> bool:
    """Note what kept it, unless somebody was quicker."""
    open_still = PlannedContact.objects.filter(pk=planned.pk, state__in=OPEN_TO_CREDIT, interaction=None)
    return bool(open_still.update(state=state, interaction=interaction))


def give_back(interaction: Interaction, *, at: datetime) -> PlannedContact | None:
    """Free what the contact kept; what is over is missed again. Return what it was recorded from, else what it kept."""
    known = list(PlannedContact.objects.filter(interaction=interaction).order_by("slot"))
    for one in known:
        is_over = one.is_over(localdate(at), hand_days=CareRule.current().hand_days)
        one.state, one.interaction = State.MISSED if is_over else State.PLANNED, None
        one.save(update_fields=["state", "interaction"])
    return known[0] if known else None
