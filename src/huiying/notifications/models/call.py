from __future__ import annotations

from datetime import datetime
from typing import Self

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from huiying.journal.models import Entry
from huiying.staff.models import User


class CallQuerySet(models.QuerySet["Call"]):
    def waiting(self) -> Self:
        return self.filter(answered_at=None, settled_at=None)

    def unanswered(self, now: datetime) -> Self:
        """Keep those whose time is over; whoever sets `settled_at` has claimed what follows."""
        return self.waiting().filter(answer_by__lte=now).order_by("answer_by", "id")


class Call(models.Model):
    """An escalation that one of those it calls must acknowledge until `answer_by`; else the next one up is told, once.

    `settled_at` says when it was passed on, or when nobody needed an answer any more.
    """

    entry = models.OneToOneField(Entry, models.PROTECT, related_name="call")
    answer_by = models.DateTimeField()
    answered_by = models.ForeignKey(User, models.SET_NULL, null=True, related_name="+")
    answered_at = models.DateTimeField(null=True)
    settled_at = models.DateTimeField(null=True)

    objects = CallQuerySet.as_manager()

    class Meta:
        indexes = [
            models.Index(
                fields=["answer_by", "id"], name="call_waiting", condition=Q(answered_at=None, settled_at=None)
            ),
        ]

    def __str__(self) -> str:
        return f"{self.entry}"


class Terms(models.Model):
    """What holds for notices in the whole company: how long an escalation waits for an answer (0: for ever)."""

    answer_minutes = models.PositiveSmallIntegerField(_("minutes to acknowledge an escalation"), default=30)

    class Meta:
        constraints = [models.CheckConstraint(condition=Q(pk=1), name="notice_terms_once")]

    def __str__(self) -> str:
        return f"{self.answer_minutes} min"

    @classmethod
    def now(cls) -> Terms:
        return cls.objects.first() or cls(pk=1)
