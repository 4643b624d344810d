from __future__ import annotations

from django.db import models

from huiying.staff.models import User


class KeptDraft(models.Model):
    """What somebody had typed into a form and not sent yet; cleared only after the sending is confirmed (SPEC K7)."""

    user = models.ForeignKey(User, models.CASCADE, related_name="+")
    place = models.CharField(max_length=80)
    content = models.JSONField(default=dict)
    saved_at = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["user", "place"], name="draft_once_per_place")]

    def __str__(self) -> str:
        return f"{self.user_id}: {self.place}"
