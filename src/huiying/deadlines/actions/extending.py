"""Extending a deadline: asked for with a reason, allowed by somebody else, told to the customer (SPEC C6, presets).

The caller holds the subject and writes the entry under it, for only it knows who may; these change clock and request.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from huiying.deadlines import movement
from huiying.deadlines.actions.following import MOVED_FIELDS
from huiying.deadlines.arithmetic.units import Length, Unit
from huiying.deadlines.catalogue import catalogue
from huiying.deadlines.models import Clock, Extension, Policy
from huiying.kit.guards import BadInput, DomainError
from huiying.kit.rows import update_each

State = Extension.State


@dataclass(frozen=True, kw_only=True)
class ExtensionDraft:
    """How much more time, why, and what the customer is told of it."""

    length: Length
    reason: str
    told: str = ""


@transaction.atomic
def ask_extension(clock: Clock, draft: ExtensionDraft, *, by: int, at: datetime) -> Extension:
    """Ask for more time on a running clock, by a person's key. Raises BadInput or DomainError where it may not be."""
    clock = Clock.objects.select_for_update().get(pk=clock.pk)
    policy = catalogue().policy(clock.policy_id)
    ensure_extendable(clock, policy, at=at)
    ensure_sensible(draft, policy)
    return Extension.objects.create(
        clock=clock,
        minutes=draft.length.minutes,
        days=draft.length.days,
        reason=draft.reason.strip(),
        told=draft.told.strip(),
        asked_by_id=by,
        asked_at=at,
        due_before=clock.due_at,
    )


@transaction.atomic
def allow_extension(extension: Extension, *, by: int, at: datetime, comment: str = "") -> Extension:
    """Move the deadline on. Raises DomainError when the clock has ended, stands still or was missed meanwhile."""
    extension = waiting(extension)
    clock = Clock.objects.select_for_update().get(pk=extension.clock_id)
    if not runs_in_time(clock, at=at):
        raise DomainError(_("This deadline no longer runs in time, so it cannot be extended."))
    extension.due_before = clock.due_at
    movement.extend(clock, catalogue(), extension.length, at=at)
    update_each([clock], MOVED_FIELDS)
    extension.due_after = clock.due_at
    return decided(extension, State.APPROVED, by=by, at=at, comment=comment)


@transaction.atomic
def refuse_extension(extension: Extension, *, by: int, at: datetime, comment: str) -> Extension:
    if not comment.strip():
        raise BadInput(_("Please say why not."), field="comment")
    return decided(waiting(extension), State.REFUSED, by=by, at=at, comment=comment)


def ensure_extendable(clock: Clock, policy: Policy, *, at: datetime) -> None:
    if policy.extension is None:
        raise DomainError(_("This deadline cannot be extended."))
    if not runs_in_time(clock, at=at):
        raise DomainError(_("Only a deadline that still runs in time can be extended."))
    asked = [extension.state for extension in Extension.objects.filter(clock=clock)]
    if State.WAITING in asked:
        raise DomainError(_("An extension of this deadline already waits for approval."))
    if asked.count(State.APPROVED) >= policy.extension_times:
        raise DomainError(_("This deadline was extended as often as its policy allows."))


def runs_in_time(clock: Clock, *, at: datetime) -> bool:
    """Say whether the clock can still be met in time, whether or not anybody has rung since it was due."""
    return clock.is_running and clock.breached_at is None and (clock.due_at is None or at <= clock.due_at)


def ensure_sensible(draft: ExtensionDraft, policy: Policy) -> None:
    longest = policy.extension
    in_days = policy.counted_in is Unit.STATUTORY
    if not draft.length.time or (in_days and draft.length.minutes):
        raise BadInput(_("Say how much longer, for example 2d."), field="length")
    if longest is not None and draft.length.time > longest.time:
        raise BadInput(_("At most {longest} may be added.").format(longest=longest), field="length")
    if not draft.reason.strip():
        raise BadInput(_("Please say why more time is needed."), field="reason")
    if policy.extension_told and not draft.told.strip():
        raise BadInput(_("Please write what the customer is told."), field="told")


def waiting(extension: Extension) -> Extension:
    now = Extension.objects.select_for_update().get(pk=extension.pk)
    if now.state != State.WAITING:
        raise DomainError(_("This was decided already."))
    return now


def decided(extension: Extension, state: Extension.State, *, by: int, at: datetime, comment: str) -> Extension:
    extension.state, extension.decided_by_id, extension.decided_at = state, by, at
    extension.comment = comment.strip()
    extension.save(update_fields=["state", "decided_by", "decided_at", "comment", "due_before", "due_after"])
    return extension
