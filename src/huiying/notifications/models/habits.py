from __future__ import annotations

from datetime import time

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from huiying.staff.models import Role, User


class Rhythm(models.TextChoices):
    """How often mails are sent."""

    AT_ONCE = "at_once", _("at once")
    HOURLY = "hourly", _("every hour")
    DAILY = "daily", _("once a day")


class RoleHabits(models.Model):
    """How people of a role are told unless they choose otherwise. `roads` maps a line of the matrix to its roads."""

    role = models.OneToOneField(Role, models.CASCADE, related_name="notice_habits")
    roads = models.JSONField(default=dict)
    quiet_from = models.TimeField(_("quiet from"), default=time(22))
    quiet_until = models.TimeField(_("quiet until"), default=time(8))
    breaks_quiet = models.BooleanField(default=False)
    rhythm = models.CharField(_("rhythm of mails"), max_length=8, choices=Rhythm, default=Rhythm.AT_ONCE)
    daily_at = models.TimeField(_("time of the daily mail"), default=time(9))

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(rhythm__in=Rhythm.values), name="role_habits_known_rhythm"),
        ]

    def __str__(self) -> str:
        return f"{self.role}"


class OwnHabits(models.Model):
    """Where somebody departs from the habits of their role: only these lines and fields; the rest follows the role."""

    user = models.OneToOneField(User, models.CASCADE, related_name="notice_habits")
    roads = models.JSONField(default=dict)
    quiet_from = models.TimeField(null=True)
    quiet_until = models.TimeField(null=True)
    breaks_quiet = models.BooleanField(null=True)
    rhythm = models.CharField(max_length=8, choices=Rhythm, blank=True)
    daily_at = models.TimeField(null=True)

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(rhythm__in=["", *Rhythm.values]), name="own_habits_known_rhythm"),
        ]

    def __str__(self) -> str:
        return f"{self.user}"
