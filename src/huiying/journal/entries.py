"""`record`: write in the journal what was done, and leave the duties that follow from it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from django.db import models
from django.utils import timezone

from huiying.journal.actors import Actor
from huiying.journal.models import Duty, Entry
from huiying.journal.reactions import choosers, reactions_to
from huiying.journal.verbs import Verb
from huiying.kit.bulk import insert_all


def record(verb: Verb, subject: models.Model, *, by: Actor, at: datetime | None = None, **facts: object) -> Entry:
    """Write one entry and its duties. Call it last, inside the transaction that did the deed.

    `facts` must be JSON values and hold no words of a customer. `at` defaults to now.
    """
    entry = entry_for(verb, subject, by=by, at=at or timezone.now(), **facts)
    entry.save(force_insert=True)
    Duty.objects.bulk_create(duties_of([(entry, type(subject))]))
    return entry


def record_all(entries: list[tuple[Entry, type[models.Model]]]) -> None:
    """Write many entries made with `entry_for`, and their duties, in few statements."""
    insert_all([entry for entry, _ in entries])
    insert_all(duties_of(entries))


def entry_for(verb: Verb, subject: models.Model, *, by: Actor, at: datetime, **facts: object) -> Entry:
    """Return the entry, not yet written."""
    about = Subject(subject._meta.label_lower, subject.pk, getattr(subject, "concerns_customer_id", None))
    return entry_about(verb, about, by=by, at=at, **facts)


@dataclass(frozen=True, slots=True)
class Subject:
    """What an entry is about where the thing itself need not be fetched: its label, its key and its customer's key."""

    label: str
    pk: int
    customer_id: int | None = None


def entry_about(verb: Verb, subject: Subject, *, by: Actor, at: datetime, **facts: object) -> Entry:
    """Return the entry of a subject known by label and key, not yet written."""
    return Entry(
        at=at,
        verb=verb.code,
        subject_type=subject.label,
        subject_id=subject.pk,
        customer_id=subject.customer_id,
        actor_kind=by.kind,
        actor_id=by.pk,
        actor_name=by.name,
        facts=facts,
    )


def duties_of(entries: list[tuple[Entry, type[models.Model]]]) -> list[Duty]:
    """Return the duties that follow from entries with the models of their subjects, in their order."""
    duties = [
        Duty(entry=entry, reaction=name, due_at=entry.at)
        for entry, model in entries
        for name in reactions_to(entry.verb, model)
    ]
    for name, choose in choosers().items():
        asked = [duty.entry for duty in duties if duty.reaction == name]
        chosen = {id(entry) for entry in choose(asked)} if asked else set()
        duties = [duty for duty in duties if duty.reaction != name or id(duty.entry) in chosen]
    return duties
