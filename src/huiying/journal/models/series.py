from __future__ import annotations

from django.db import models


class Series(models.Model):
    """A running number, taken by `journal.numbers.next_value`; gaps are allowed, repeats are not."""

    name = models.CharField(max_length=40, primary_key=True)
    value = models.BigIntegerField(default=0)

    def __str__(self) -> str:
        return f"{self.name} {self.value}"
