from __future__ import annotations

from datetime import datetime
from typing import Self

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from huiying.notifications.matrix import Road

from .notice import Notice
from .robot import Robot


class DispatchQuerySet(models.QuerySet["Dispatch"]):
    def waiting(self, now: datetime) -> Self:
        return self.filter(state=Dispatch.State.WAITING, due_at__lte=now)

    def due(self, now: datetime) -> Self:
        return self.waiting(now).order_by("due_at", "id")

    def to_groups(self) -> Self:
        """Keep what waits to be said in a group, whoever else reads there."""
        return self.filter(state=Dispatch.State.WAITING, robot__isnull=False, robot__user=None)

    def troubled(self) -> Self:
        """Keep what somebody should look at: given up, or failed at least once."""
        return self.filter(Q(state=Dispatch.State.FAILED) | Q(state=Dispatch.State.WAITING, attempts__gt=0))

    def read_meanwhile(self) -> Self:
        """Keep what was read in Huiying before it left. (What is not shown there counts as read from the first.)"""
        return self.filter(notice__read_at__gt=F("notice__at"))


class Dispatch(models.Model):
    """The sending of one notice over one road: waiting until `due_at`, being sent, sent, or given up with the reason.

    What goes to one person, or one robot's group, over one road at one time is sent together, under one `batch`, which
    is kept for every further try: whoever gets it twice, as a worker was killed while sending, can know it by that.
    """

    GIVE_UP_AFTER = 8
    ALARM_AT = 5

    class State(models.TextChoices):
        WAITING = "waiting", _("waiting")
        SENDING = "sending", _("being sent")
        SENT = "sent", _("sent")
        FAILED = "failed", _("not delivered")
        SPARED = "spared", _("read before it left")

    notice = models.ForeignKey(Notice, models.CASCADE, related_name="dispatches")
    road = models.CharField(max_length=8, choices=Road)
    robot = models.ForeignKey(Robot, models.SET_NULL, null=True, related_name="+")
    state = models.CharField(max_length=8, choices=State, default=State.WAITING)
    attempts = models.PositiveSmallIntegerField(default=0)
    due_at = models.DateTimeField()
    batch = models.CharField(max_length=32, blank=True)
    claimed_at = models.DateTimeField(null=True)
    sent_at = models.DateTimeField(null=True)
    last_error = models.TextField(blank=True)

    objects = DispatchQuerySet.as_manager()

    class Meta:
        indexes = [
            models.Index(fields=["due_at", "id"], name="dispatch_due", condition=Q(state="waiting")),
            models.Index(fields=["claimed_at"], name="dispatch_claimed", condition=Q(state="sending")),
            models.Index(fields=["-id"], name="dispatch_failed", condition=Q(state="failed")),
        ]
        constraints = [models.UniqueConstraint(fields=["notice", "road"], name="dispatch_once")]

    def __str__(self) -> str:
        return f"{self.notice_id} {self.road}: {self.state}"
