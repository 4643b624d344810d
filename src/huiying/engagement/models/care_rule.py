from __future__ import annotations

from typing import Self

from django.db import models
from django.utils.translation import gettext_lazy as _


class CareRule(models.Model):
    """What holds for care as a whole: one row, edited on the settings page."""

    correctable_hours = models.PositiveSmallIntegerField(_("a record can be corrected for (hours)"), default=72)

    def __str__(self) -> str:
        return f"{self.correctable_hours} h"

    @classmethod
    def current(cls) -> Self:
        """Return the rule in force; an installation that never changed it has the defaults."""
        return cls.objects.filter(pk=1).first() or cls(pk=1)
