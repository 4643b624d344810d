from __future__ import annotations

from datetime import date
from typing import Self

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from .user import User


class AbsenceQuerySet(models.QuerySet["Absence"]):
    def on(self, day: date) -> Self:
        return self.filter(from_day__lte=day, until_day__gte=day)

    def not_over(self, today: date) -> Self:
        return self.filter(until_day__gte=today).order_by("from_day", "id")


class Absence(models.Model):
    """Days, both ends included, on which somebody is away; `substitute` gets what would come to them (SPEC C5)."""

    user = models.ForeignKey(User, models.CASCADE, related_name="absences", verbose_name=_("person"))
    from_day = models.DateField(_("from"))
    until_day = models.DateField(_("until"))
    substitute = models.ForeignKey(
        User, models.SET_NULL, null=True, blank=True, related_name="+", verbose_name=_("substitute")
    )
    note = models.CharField(_("note"), max_length=60, blank=True)

    objects = AbsenceQuerySet.as_manager()

    class Meta:
        indexes = [models.Index(fields=["until_day", "from_day"], name="absence_days")]
        constraints = [
            models.CheckConstraint(condition=Q(until_day__gte=F("from_day")), name="absence_ends_after_start"),
            models.CheckConstraint(
                condition=Q(substitute=None) | ~Q(substitute=F("user")), name="absence_other_substitute"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.user_id} {self.from_day}–{self.until_day}"
