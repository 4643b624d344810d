from __future__ import annotations

from django.db import models
from django.db.models import F


class Edition(models.Model):
    """The number that grows with every change of a policy or calendar: each process knows when to read again."""

    number = models.PositiveIntegerField(default=1)

    def __str__(self) -> str:
        return str(self.number)

    @classmethod
    def grow(cls) -> None:
        if not cls.objects.filter(pk=1).update(number=F("number") + 1):
            cls.objects.create(pk=1)
