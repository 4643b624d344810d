from __future__ import annotations

from datetime import time
from typing import Self

from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.utils.translation import gettext_lazy as _


class CareRule(models.Model):
    """What holds for care as a whole: one row, edited on the settings page."""

    correctable_hours = models.PositiveSmallIntegerField(_("a record can be corrected for (hours)"), default=72)
    told_at = models.TimeField(_("account managers are told in the morning at"), default=time(8, 30))
    hand_days = models.PositiveSmallIntegerField(
        _("what a person planned counts as missed after (days)"),
        default=30,
        validators=[MinValueValidator(1), MaxValueValidator(365)],
    )

    def __str__(self) -> str:
        return f"{self.correctable_hours} h"

    @classmethod
    def current(cls) -> Self:
        """Return the rule in force; an installation that never changed it has the defaults."""
        return cls.objects.filter(pk=1).first() or cls(pk=1)
