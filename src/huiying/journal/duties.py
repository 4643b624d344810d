"""Performing duties: each exactly once, or again later with growing patience (2, 4, 8 … minutes)."""

from __future__ import annotations

import logging
import traceback
from datetime import datetime, timedelta

from django.apps import apps
from django.db import DatabaseError, transaction

from huiying.journal.models import Duty
from huiying.journal.reactions import reaction_named

log = logging.getLogger(__name__)


def perform_due(now: datetime, *, limit: int = 200) -> int:
    """Perform up to `limit` duties that are due; return how many were done."""
    return sum(attempt(duty, now) for duty in Duty.objects.due(now).select_related("entry")[:limit])


def attempt(duty: Duty, now: datetime) -> bool:
    """Perform one duty; on failure keep it, say why, and try again later."""
    try:
        return perform(duty)
    except Exception as failure:  # noqa: BLE001 - a reaction may fail in any way; it is kept, shown and tried again
        log.warning("%s failed: %s", duty, failure)
        put_off(duty, now, reason=traceback.format_exc(limit=6))
        return False


@transaction.atomic
def perform(duty: Duty) -> bool:
    """Claim the duty by deleting it, then react, in one transaction. False when another worker was first."""
    if not Duty.objects.filter(pk=duty.pk).delete()[0]:
        return False
    reaction = reaction_named(duty.reaction)
    if reaction is None:
        raise LookupError(f"No reaction is called {duty.reaction}.")
    subject = apps.get_model(duty.entry.subject_type)._base_manager.filter(pk=duty.entry.subject_id).first()
    if subject is not None:
        reaction(subject, duty.entry)
    return True


def put_off(duty: Duty, now: datetime, *, reason: str) -> None:
    attempts = duty.attempts + 1
    wait = timedelta(minutes=min(2**attempts, 24 * 60))
    try:
        Duty.objects.filter(pk=duty.pk).update(attempts=attempts, due_at=now + wait, last_error=reason[-4000:])
    except DatabaseError:
        log.exception("The database did not answer; %s stays due.", duty)
