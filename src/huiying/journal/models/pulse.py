from __future__ import annotations

from datetime import datetime

from django.db import models


class Pulse(models.Model):
    """When a step of the heartbeat last ran, by any heartbeat; an old pulse means that nobody keeps that promise."""

    name = models.CharField(max_length=40, primary_key=True)
    at = models.DateTimeField()
    failure = models.CharField(max_length=300, blank=True)

    def __str__(self) -> str:
        return f"{self.name} {self.at:%Y-%m-%d %H:%M:%S}"

    @classmethod
    def beat(cls, name: str, *, at: datetime, failure: str = "") -> None:
        cls.objects.update_or_create(name=name, defaults={"at": at, "failure": failure[:300]})
