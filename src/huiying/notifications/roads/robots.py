"""Notices as messages of group robots: what is due for a group is one message, which calls whom it concerns."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta
from functools import partial

from django.conf import settings
from django.utils import translation
from django.utils.translation import gettext as _

from huiying.channels.adapters.refusals import Undeliverable
from huiying.channels.adapters.robots import Mention, shout
from huiying.notifications.batches import Batch, carry
from huiying.notifications.letters import posted
from huiying.notifications.models import Dispatch, Handle, Robot

BREATH = timedelta(seconds=4)  # 20 messages a minute are allowed


class Robots:
    """Speaks over the robots; each takes a breath after a message, and what falls due meanwhile goes into the next."""

    def is_open(self) -> bool:
        return True

    def carry(self, batches: Sequence[Batch], now: datetime) -> int:
        return sum(carry(batch, partial(speak, now=now), now) for batch in batches if may_speak(batch, now))


def may_speak(batch: Batch, now: datetime) -> bool:
    """Take the robot's turn; a robot that is gone needs none."""
    key = batch.dispatches[0].robot_id
    return key is None or bool(Robot.objects.rested(now).filter(pk=key).update(rests_until=now + BREATH))


def speak(dispatches: list[Dispatch], *, now: datetime) -> None:
    """Say the notices. Raises NotNow or Undeliverable."""
    robot = dispatches[0].robot
    if robot is None:
        raise Undeliverable(_("The robot was removed."))
    called = [] if robot.user_id else mentions(dispatches, robot.kind)
    with translation.override(settings.LANGUAGE_CODE):
        text = posted([each.notice for each in dispatches])
    shout(robot.kind, robot.url, robot.secret, text, called, at=now)


def mentions(dispatches: list[Dispatch], kind: str) -> list[Mention]:
    people = {each.notice.user_id: each.notice.user for each in dispatches}
    handles = dict(Handle.objects.filter(kind=kind, user__in=people).values_list("user_id", "name"))
    return [Mention(name=who.name, handle=handles.get(key, ""), phone=who.phone) for key, who in people.items()]
