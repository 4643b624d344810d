from __future__ import annotations

from datetime import datetime
from typing import Self

from django.db import models
from django.utils.translation import gettext_lazy as _

from .message import Message


class DeliveryQuerySet(models.QuerySet["Delivery"]):
    def waiting(self, now: datetime) -> Self:
        return self.filter(state=Delivery.State.WAITING, next_try_at__lte=now)

    def due(self, now: datetime) -> Self:
        return self.waiting(now).order_by("next_try_at", "id")

    def troubled(self) -> Self:
        """Keep what somebody should look at: given up, or failed at least once."""
        failed = models.Q(state=Delivery.State.FAILED) | models.Q(state=Delivery.State.WAITING, attempts__gt=0)
        return self.filter(failed).order_by("-id")


class Delivery(models.Model):
    """The sending of one message over one channel: waiting, being sent, sent, or given up with the reason."""

    GIVE_UP_AFTER = 8
    ALARM_AT = 5

    class State(models.TextChoices):
        WAITING = "waiting", _("waiting")
        SENDING = "sending", _("being sent")
        SENT = "sent", _("sent")
        FAILED = "failed", _("not delivered")

    message = models.ForeignKey(Message, models.PROTECT, related_name="deliveries")
    channel = models.CharField(max_length=12)
    recipient = models.CharField(max_length=320)
    state = models.CharField(max_length=8, choices=State, default=State.WAITING)
    attempts = models.PositiveSmallIntegerField(default=0)
    next_try_at = models.DateTimeField()
    claimed_at = models.DateTimeField(null=True)
    sent_at = models.DateTimeField(null=True)
    last_error = models.TextField(blank=True)

    objects = DeliveryQuerySet.as_manager()

    class Meta:
        indexes = [
            models.Index(fields=["next_try_at"], name="delivery_due", condition=models.Q(state="waiting")),
            models.Index(fields=["claimed_at"], name="delivery_claimed", condition=models.Q(state="sending")),
            models.Index(fields=["id"], name="delivery_failed", condition=models.Q(state="failed")),
            models.Index(fields=["recipient"], name="delivery_recipient"),
        ]

    def __str__(self) -> str:
        return f"{self.channel} → {self.recipient}: {self.state}"
