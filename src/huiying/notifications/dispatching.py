"""Carrying notices beyond Huiying. The network is touched by the roads only, never inside a transaction."""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime, timedelta

from huiying.notifications.batches import State, batched
from huiying.notifications.matrix import ROBOTS, Road
from huiying.notifications.models import Dispatch
from huiying.notifications.roads.carrier import Carrier
from huiying.notifications.roads.mail import Mail
from huiying.notifications.roads.robots import Robots
from huiying.notifications.roads.sms import Sms

CLAIM_LASTS = timedelta(minutes=15)
CARRIERS: dict[str, Carrier] = {Road.MAIL: Mail(), **dict.fromkeys(ROBOTS, Robots()), Road.SMS: Sms()}
MAIL = (Road.MAIL,)
SMS = (Road.SMS,)


def dispatch_mails(now: datetime) -> int:
    return dispatch(now, over=MAIL)


def dispatch_by_robots(now: datetime) -> int:
    """Robots have a step of their own, so that a slow one holds no mail up."""
    return dispatch(now, over=ROBOTS)


def dispatch_by_sms(now: datetime) -> int:
    return dispatch(now, over=SMS)


def dispatch(now: datetime, *, over: Collection[str], limit: int = 200) -> int:
    """Send what is due; return how many batches were tried. What was read meanwhile is spared; a closed road waits."""
    release_stale(now)
    passable = [road for road in over if CARRIERS[road].is_open()]
    keys = list(Dispatch.objects.due(now).filter(road__in=passable).values_list("pk", flat=True)[:limit])
    if not keys:
        return 0
    due = Dispatch.objects.waiting(now).filter(pk__in=keys)
    due.read_meanwhile().update(state=State.SPARED)
    rows = due.select_related("notice__user").order_by("due_at", "id")
    return sum(CARRIERS[road].carry(batches, now) for road, batches in batched(rows).items())


def release_stale(now: datetime) -> None:
    """Let what a killed worker had claimed be tried again, in the same batch."""
    stale = Dispatch.objects.filter(state=State.SENDING, claimed_at__lt=now - CLAIM_LASTS)
    stale.update(state=State.WAITING, due_at=now)
