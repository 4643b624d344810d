from __future__ import annotations

from datetime import datetime
from typing import Self

from django.db import models
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from huiying.journal.actors import ActorKind
from huiying.journal.models import Entry
from huiying.notifications.matrix import Event
from huiying.staff.models import User

from .call import Call


class NoticeQuerySet(models.QuerySet["Notice"]):
    def for_person(self, user_id: int | None) -> Self:
        return self.filter(user_id=user_id)

    def unread(self) -> Self:
        return self.filter(read_at=None)

    def to_answer(self) -> Self:
        """Keep the escalations that nobody has acknowledged yet."""
        return self.filter(call__isnull=False, call__answered_at=None)

    def mark_read(self, at: datetime) -> int:
        return self.unread().update(read_at=at)


class Notice(models.Model):
    """Something a person should know: one journal entry, told to one person, never to the one who acted."""

    class Weight(models.TextChoices):
        NEWS = "news", _("news")
        WARNING = "warning", _("warning")
        ESCALATION = "escalation", _("escalation")

    user = models.ForeignKey(User, models.CASCADE, related_name="notices")
    entry = models.ForeignKey(Entry, models.PROTECT, related_name="+")
    call = models.ForeignKey(Call, models.SET_NULL, null=True, related_name="notices", db_index=False)
    event = models.CharField(max_length=12, choices=Event, blank=True)
    weight = models.CharField(max_length=12, choices=Weight, default=Weight.NEWS)
    headline = models.CharField(max_length=200)
    link = models.CharField(max_length=200)
    at = models.DateTimeField()
    read_at = models.DateTimeField(null=True)

    objects = NoticeQuerySet.as_manager()

    class Meta:
        ordering = ["-at", "-id"]
        indexes = [
            models.Index(fields=["user", "-at"], name="notice_person"),
            models.Index(fields=["user"], name="notice_unread", condition=models.Q(read_at=None)),
            models.Index(fields=["call", "user"], name="notice_call", condition=models.Q(call__isnull=False)),
        ]
        constraints = [models.UniqueConstraint(fields=["user", "entry"], name="notice_once")]

    def __str__(self) -> str:
        return f"{self.user} ← {self.headline}"

    def get_absolute_url(self) -> str:
        return reverse("notice", args=[self.pk])

    @property
    def wants_answer(self) -> bool:
        return self.call is not None and self.call.answered_at is None

    @property
    def doer(self) -> str:
        """Who did it; empty where it was the program, whose deeds speak for themselves."""
        return "" if self.entry.actor_kind == ActorKind.SYSTEM else self.entry.who
