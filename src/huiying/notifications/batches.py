"""What leaves together: claimed by one worker, tried again with growing patience, given up with the reason."""

from __future__ import annotations

import logging
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from email.errors import MessageError
from uuid import uuid4

from django.db.models import Q

from huiying.channels.adapters.refusals import NotNow, Undeliverable
from huiying.notifications.models import Dispatch, DispatchQuerySet

log = logging.getLogger(__name__)

State = Dispatch.State
Send = Callable[[list[Dispatch]], None]
FINAL = (Undeliverable, ValueError, IndexError, MessageError)


@dataclass(frozen=True)
class Batch:
    """Dispatches over one road to one target."""

    dispatches: tuple[Dispatch, ...]

    @property
    def keys(self) -> list[int]:
        return [each.pk for each in self.dispatches]

    @property
    def attempts(self) -> int:
        return max(each.attempts for each in self.dispatches)

    def __str__(self) -> str:
        first = self.dispatches[0]
        return f"{len(self.dispatches)} notices over {first.road} to {first.notice.user}"


def batched(rows: Iterable[Dispatch]) -> dict[str, list[Batch]]:
    """Return the batches by road; what was tried together before stays together."""
    groups: dict[tuple[str, int, str], list[Dispatch]] = {}
    for row in rows:
        groups.setdefault((row.road, row.robot_id or row.notice.user_id, row.batch), []).append(row)
    batches: dict[str, list[Batch]] = {}
    for (road, _target, _name), members in groups.items():
        batches.setdefault(road, []).append(Batch(tuple(members)))
    return batches


def carry(batch: Batch, send: Send, now: datetime) -> int:
    """Send one batch, as far as no other worker has it. Raises ServerAway when the server leaves."""
    mine = claim(batch, now)
    if not mine:
        return 0
    try:
        send(mine)
    except FINAL as refused:
        give_up(batch, now, reason=str(refused))
    except NotNow as later:
        put_off(batch, now, reason=str(later))
    else:
        held(batch, now).update(state=State.SENT, sent_at=now, last_error="")
    return 1


def claim(batch: Batch, now: datetime) -> list[Dispatch]:
    """Take the batch and give it its name; return what of it is ours."""
    name = batch.dispatches[0].batch or uuid4().hex
    due = Dispatch.objects.waiting(now).filter(pk__in=batch.keys)
    if not due.update(state=State.SENDING, claimed_at=now, batch=name):
        return []
    mine = held(batch, now).filter(state=State.SENDING, batch=name).order_by("notice__at", "id")
    return list(mine.select_related("notice__user", "notice__entry", "robot"))


def put_off(batch: Batch, now: datetime, *, reason: str) -> int:
    """Try again in 2, 4, 8 … minutes; give up after the last try."""
    attempts = batch.attempts + 1
    if attempts >= Dispatch.GIVE_UP_AFTER:
        return give_up(batch, now, reason=reason)
    if attempts == Dispatch.ALARM_AT:
        log.error("%s failed %d times: %s", batch, attempts, reason)
    later = now + timedelta(minutes=2**attempts)
    return held(batch, now).update(state=State.WAITING, attempts=attempts, due_at=later, last_error=reason[:1000])


def give_up(batch: Batch, now: datetime, *, reason: str) -> int:
    """Stop trying; the log of dispatches shows the reason."""
    log.error("%s: given up: %s", batch, reason)
    return held(batch, now).update(state=State.FAILED, attempts=batch.attempts + 1, last_error=reason[:1000])


def held(batch: Batch, now: datetime) -> DispatchQuerySet:
    """Keep what of a batch is ours to settle: claimed at this moment, or not claimed by anybody yet."""
    mine = Q(state=State.SENDING, claimed_at=now) | Q(state=State.WAITING, due_at__lte=now)
    return Dispatch.objects.filter(mine, pk__in=batch.keys)
