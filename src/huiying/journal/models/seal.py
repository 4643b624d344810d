from __future__ import annotations

from django.db import models


class Seal(models.Model):
    """A hash over a run of entries and the seal before it: changing any sealed entry breaks the chain (SPEC I2)."""

    first_id = models.BigIntegerField(unique=True)
    last_id = models.BigIntegerField(unique=True)
    entries = models.PositiveIntegerField()
    digest = models.CharField(max_length=64)
    sealed_at = models.DateTimeField()

    class Meta:
        ordering = ["last_id"]

    def __str__(self) -> str:
        return f"{self.first_id}–{self.last_id} {self.digest[:12]}"
