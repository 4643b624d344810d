from __future__ import annotations

from django.db import models

from huiying.staff.models import User


class Reply(models.Model):
    """The answer once given to a call with an Idempotency-Key, kept so that the same call gets it again."""

    user = models.ForeignKey(User, models.CASCADE, related_name="+")
    key = models.CharField(max_length=255)
    digest = models.CharField(max_length=64)
    status = models.PositiveSmallIntegerField()
    body = models.TextField()
    at = models.DateTimeField(db_index=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["user", "key"], name="reply_once_per_key")]

    def __str__(self) -> str:
        return f"{self.user_id} {self.key}: {self.status}"
