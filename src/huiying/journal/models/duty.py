from __future__ import annotations

from datetime import datetime
from typing import Self

from django.db import models

from .entry import Entry


class DutyQuerySet(models.QuerySet["Duty"]):
    def due(self, now: datetime) -> Self:
        return self.filter(due_at__lte=now).order_by("due_at", "id")

    def stuck(self) -> Self:
        return self.filter(attempts__gte=Duty.ALARM_AT)


class Duty(models.Model):
    """What must still follow from an entry. Deleting it is the claim; it goes in the reaction's own transaction."""

    ALARM_AT = 5

    entry = models.ForeignKey(Entry, models.PROTECT, related_name="duties")
    reaction = models.CharField(max_length=120)
    due_at = models.DateTimeField()
    attempts = models.PositiveSmallIntegerField(default=0)
    last_error = models.TextField(blank=True)

    objects = DutyQuerySet.as_manager()

    class Meta:
        indexes = [models.Index(fields=["due_at", "id"], name="duty_due")]
        constraints = [models.UniqueConstraint(fields=["entry", "reaction"], name="duty_once_per_entry")]

    def __str__(self) -> str:
        return f"{self.reaction} for entry {self.entry_id}"
