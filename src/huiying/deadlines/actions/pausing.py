"""Standing still: with a coded reason, a day to follow up and a longest time (contract 8)."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db import models, transaction
from django.utils.translation import gettext_lazy as _

from huiying.deadlines import movement
from huiying.deadlines.catalogue import catalogue
from huiying.deadlines.models import Clock, Pause, Policy
from huiying.kit.guards import BadInput, DomainError
from huiying.kit.rows import update_each

PAUSED_FIELDS = ["state", "counted_from", "due_at", "used", "next_ring_at", "breached_at"]
RESUMED_FIELDS = [*PAUSED_FIELDS, "rungs_climbed"]


@dataclass(frozen=True, kw_only=True)
class PauseDraft:
    """Why the clocks shall stand still, and when somebody looks again."""

    reason: str
    follow_up_at: datetime


@transaction.atomic
def pause_clocks(subject: models.Model, draft: PauseDraft, *, at: datetime) -> list[Clock]:
    """Let every running clock of the subject that may be paused stand still; return them.

    Raises BadInput for an unknown reason or a follow-up that is past or beyond the longest pause, and DomainError
    when nothing runs that may be paused.
    """
    if draft.reason not in Pause.Reason.values or draft.reason == Pause.Reason.POLICY:
        raise BadInput(_("Please choose why the clocks stand still."), field="reason")
    if draft.follow_up_at <= at:
        raise BadInput(_("Follow up on a moment in the future."), field="follow_up_at")
    known = catalogue()
    running = Clock.objects.about(subject).running().select_for_update()
    clocks = [clock for clock in running if known.policy(clock.policy_id).pausable]
    if not clocks:
        raise DomainError(_("No clock is running that could be paused."))
    pauses = [open_pause(clock, known.policy(clock.policy_id), draft, at=at) for clock in clocks]
    for clock, pause in zip(clocks, pauses, strict=True):
        movement.pause(clock, known, at=at)
        clock.next_ring_at = pause.follow_up_at
    update_each(clocks, PAUSED_FIELDS)
    Pause.objects.bulk_create(pauses)
    return clocks


@transaction.atomic
def resume_clocks(subject: models.Model, *, at: datetime) -> list[Clock]:
    """Set the subject's paused clocks going again; return them."""
    known = catalogue()
    paused = Clock.objects.about(subject).filter(state=Clock.State.PAUSED)
    clocks = list(paused.select_for_update())
    for clock in clocks:
        movement.resume(clock, known, at=at)
    update_each(clocks, RESUMED_FIELDS)
    end_pauses(clocks, at=at)
    return clocks


def open_pause(clock: Clock, policy: Policy, draft: PauseDraft, *, at: datetime) -> Pause:
    cap_at = at + timedelta(days=policy.pause_cap_days)
    if draft.follow_up_at > cap_at:
        raise BadInput(
            _("Clocks may stand still for {days} days at most; follow up earlier.").format(days=policy.pause_cap_days),
            field="follow_up_at",
        )
    return Pause(clock=clock, reason=draft.reason, started_at=at, follow_up_at=draft.follow_up_at, cap_at=cap_at)


def pause_by_policy(clock: Clock, policy: Policy, *, at: datetime) -> Pause:
    """Return the pause that a verb brings about: followed up when it must end."""
    cap_at = at + timedelta(days=policy.pause_cap_days)
    clock.next_ring_at = cap_at
    return Pause(clock=clock, reason=Pause.Reason.POLICY, started_at=at, follow_up_at=cap_at, cap_at=cap_at)


def end_pauses(clocks: Iterable[Clock], *, at: datetime) -> None:
    Pause.objects.filter(clock__in=list(clocks), ended_at=None).update(ended_at=at)
