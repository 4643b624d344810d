from __future__ import annotations

from datetime import datetime
from typing import Self

from django.db import models
from django.utils.translation import gettext_lazy as _

from .attachment import random_place
from .message import Message


class RawMailQuerySet(models.QuerySet["RawMail"]):
    def from_sender(self, address: str, *, since: datetime) -> Self:
        return self.filter(from_email__iexact=address, received_at__gt=since)

    def set_aside(self) -> Self:
        """Keep what nobody has made a case of."""
        return self.filter(outcome__in=[RawMail.Outcome.KEPT, RawMail.Outcome.REFUSED])


class RawMail(models.Model):
    """A mail exactly as it came. Nothing is dropped: what cannot be filed stays here with its reason (SPEC K3)."""

    class Outcome(models.TextChoices):
        NEW_CASE = "new_case", _("became a case")
        ANSWER = "answer", _("joined a case")
        KEPT = "kept", _("kept, no case made")
        REFUSED = "refused", _("could not be read")

    received_at = models.DateTimeField()
    digest = models.CharField(max_length=64, unique=True)
    header_id = models.CharField(max_length=255, blank=True, db_index=True)
    file = models.FileField(upload_to=random_place)
    size = models.PositiveBigIntegerField()
    from_email = models.CharField(max_length=320, blank=True)
    subject = models.CharField(max_length=500, blank=True)
    outcome = models.CharField(max_length=10, choices=Outcome)
    reason = models.CharField(max_length=300, blank=True)
    is_auto_reply = models.BooleanField(default=False)
    is_bounce = models.BooleanField(default=False)
    message = models.OneToOneField(Message, models.PROTECT, null=True, related_name="raw")

    objects = RawMailQuerySet.as_manager()

    class Meta:
        ordering = ["-received_at", "-id"]
        indexes = [
            models.Index(fields=["-received_at", "-id"], name="raw_mail_newest"),
            models.Index(fields=["outcome", "-received_at", "-id"], name="raw_mail_outcome"),
        ]

    def __str__(self) -> str:
        return f"{self.from_email}: {self.subject}"
