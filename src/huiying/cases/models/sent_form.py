from __future__ import annotations

from django.db import models

from .case import Case


class SentForm(models.Model):
    """A form that was sent, by its digest, and the case it led to: sent again, it leads there and does nothing."""

    digest = models.CharField(max_length=64, unique=True)
    case = models.ForeignKey(Case, models.CASCADE, related_name="+")
    at = models.DateTimeField(db_index=True)

    def __str__(self) -> str:
        return f"{self.digest[:8]}: {self.case_id}"
