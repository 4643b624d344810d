from __future__ import annotations

from typing import Any

from django.db import models
from django.utils.translation import gettext_lazy as _

from huiying.kit.text import in_reader_language


class PerkQuerySet(models.QuerySet["Perk"]):
    def for_tier(self, tier: str) -> list[Perk]:
        """Return what customers of this tier are entitled to. There are few; they are read at once."""
        return [perk for perk in self.filter(active=True) if tier in perk.tiers]


class Perk(models.Model):
    """What customers of some tiers are entitled to (SPEC A9), told to whoever serves them."""

    name = models.CharField(_("name"), max_length=60, unique=True)
    name_en = models.CharField(_("English name"), max_length=60, blank=True)
    description = models.CharField(_("description"), max_length=300, blank=True)
    description_en = models.CharField(_("English description"), max_length=300, blank=True)
    tiers: models.JSONField[Any, Any] = models.JSONField(_("for tiers"), default=list)
    position = models.PositiveSmallIntegerField(_("place"), default=0)
    active = models.BooleanField(_("active"), default=True)

    objects = PerkQuerySet.as_manager()

    class Meta:
        ordering = ["position", "id"]

    def __str__(self) -> str:
        return in_reader_language(self.name, self.name_en)

    @property
    def told(self) -> str:
        return in_reader_language(self.description, self.description_en)
