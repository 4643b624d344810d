from __future__ import annotations

from datetime import datetime, timedelta
from typing import Self

from django.db import models
from django.utils.translation import gettext_lazy as _

from huiying.staff.models import User

from .case import Case

STILL_HERE = timedelta(seconds=50)  # open pages report every twenty seconds


class PresenceQuerySet(models.QuerySet["Presence"]):
    def here(self, case: Case, *, now: datetime) -> Self:
        return self.filter(case=case, seen_at__gt=now - STILL_HERE).exclude(doing=Presence.Doing.GONE)


class Presence(models.Model):
    """Somebody has a case open, and what they are doing with it (SPEC K7). Nobody's deed, so no journal line.

    `changed_at` is when that last changed: the live stream tells the others on the case.
    """

    class Doing(models.TextChoices):
        VIEWING = "viewing", _("is looking")
        TYPING = "typing", _("is typing")
        UNSAVED = "unsaved", _("has unsent words")
        GONE = "gone", _("has left")

    case = models.ForeignKey(Case, models.CASCADE, related_name="+")
    user = models.ForeignKey(User, models.CASCADE, related_name="+")
    doing = models.CharField(max_length=8, choices=Doing)
    seen_at = models.DateTimeField()
    changed_at = models.DateTimeField(db_index=True)

    objects = PresenceQuerySet.as_manager()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["case", "user"], name="presence_once")]

    def __str__(self) -> str:
        return f"{self.user_id} {self.doing} {self.case_id}"
