"""The tamper-evident chain over the journal (SPEC I2): the heartbeat seals, `huiying audit verify` verifies."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from django.db import IntegrityError, transaction

from huiying.journal.models import Entry, Seal

SETTLED_AFTER = timedelta(minutes=2)  # transactions that took their number earlier have ended by then
RUN = 5_000


@dataclass(frozen=True)
class Break:
    """A run of entries that no longer matches its seal."""

    seal: Seal
    reason: str


def seal_settled(now: datetime) -> int:
    """Seal the entries that are settled and not sealed yet; return how many."""
    last = Seal.objects.last()
    start = last.last_id if last else 0
    run = list(Entry.objects.filter(id__gt=start, recorded_at__lt=now - SETTLED_AFTER).order_by("id")[:RUN])
    if not run:
        return 0
    seal = Seal(first_id=start + 1, last_id=run[-1].pk, entries=len(run), sealed_at=now)
    seal.digest = digest(last.digest if last else "", run)
    try:
        with transaction.atomic():
            seal.save(force_insert=True)
    except IntegrityError:  # another heartbeat sealed this run meanwhile
        return 0
    return len(run)


def broken_seals() -> Iterator[Break]:
    """Yield each seal whose entries were changed, removed or added to after sealing."""
    before, expected_first = "", 1
    for seal in Seal.objects.order_by("last_id").iterator():
        run = Entry.objects.filter(id__gte=seal.first_id, id__lte=seal.last_id).order_by("id").iterator()
        if seal.first_id != expected_first:
            yield Break(seal, "a seal is missing before it")
        elif digest(before, run) != seal.digest:
            yield Break(seal, "its entries were changed")
        before, expected_first = seal.digest, seal.last_id + 1


def digest(before: str, entries: Iterable[Entry]) -> str:
    chain = hashlib.sha256(before.encode())
    for entry in entries:
        chain.update(canonical(entry))
    return chain.hexdigest()


def canonical(entry: Entry) -> bytes:
    line = [
        entry.pk,
        entry.at.astimezone(UTC).isoformat(),
        entry.verb,
        entry.subject_type,
        entry.subject_id,
        entry.customer_id,
        entry.actor_kind,
        entry.actor_id,
        entry.actor_name,
        entry.facts,
    ]
    return json.dumps(line, sort_keys=True, ensure_ascii=False, separators=(",", ":")).encode()
