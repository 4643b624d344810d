from __future__ import annotations

from datetime import timedelta

from django.db import models
from django.db.models import F, Q

from huiying.staff.models import Department, Team, User

from .clock import Clock


class Stint(models.Model):
    """A stretch of a clock's time that lay with one person, team and department, until it was handed on.

    The sub-clocks of SPEC C6 (contract 12). `used` is in the clock's own unit; the last stretch is not written down,
    it is what the clock's present holder has had since. A clock that began afresh counts its stints anew.
    """

    clock = models.ForeignKey(Clock, models.CASCADE, related_name="stints")
    owner = models.ForeignKey(User, models.SET_NULL, null=True, related_name="+", db_index=False)
    team = models.ForeignKey(Team, models.SET_NULL, null=True, related_name="+", db_index=False)
    department = models.ForeignKey(Department, models.SET_NULL, null=True, related_name="+", db_index=False)
    restarts = models.PositiveIntegerField(default=0)
    started_at = models.DateTimeField()
    ended_at = models.DateTimeField()
    used = models.DurationField(default=timedelta)

    class Meta:
        ordering = ["id"]
        constraints = [
            models.CheckConstraint(condition=Q(ended_at__gte=F("started_at")), name="stint_ends_after_start"),
        ]

    def __str__(self) -> str:
        return f"{self.clock_id} {self.used}"
