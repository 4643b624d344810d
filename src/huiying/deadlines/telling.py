"""Entries of the journal about clocks: written under the subject of the clock, so that its timeline tells them."""

from __future__ import annotations

from datetime import datetime

from django.apps import apps
from django.db import models

from huiying.deadlines.models import Clock, Policy
from huiying.journal.actors import Actor
from huiying.journal.entries import Subject, entry_about, record_all
from huiying.journal.models import Entry
from huiying.journal.verbs import Verb


def clock_entry(
    verb: Verb, clock: Clock, policy: Policy, *, by: Actor, at: datetime, facts: dict[str, object] | None = None
) -> Entry:
    """Return the entry, not yet written: which clock, and what was special."""
    subject = Subject(clock.subject_type, clock.subject_id, clock.customer_id)
    names = {"clock": clock.pk, "kind": clock.kind, "name": policy.name, "name_en": policy.name_en}
    return entry_about(verb, subject, by=by, at=at, **names, **(facts or {}))


def write(entries: list[Entry]) -> None:
    """Write the entries and the duties that follow."""
    if entries:
        record_all([(entry, subject_model(entry.subject_type)) for entry in entries])


def subject_model(label: str) -> type[models.Model]:
    return apps.get_model(label)
