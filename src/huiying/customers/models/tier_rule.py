from __future__ import annotations

from functools import cached_property
from typing import Any

from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from huiying.kit.text import in_reader_language

from .customer import Tier

RANKS = {Tier.ORDINARY: 0, Tier.POTENTIAL: 1, Tier.HIGH: 2, Tier.VIP: 3}


def is_lower(tier: str, than: str) -> bool:
    return RANKS[Tier(tier)] < RANKS[Tier(than)]


class TierRuleQuerySet(models.QuerySet["TierRule"]):
    def current(self) -> TierRuleQuerySet:
        """Keep the rules in force, in the order in which they are asked."""
        return self.filter(retired_at=None).order_by("position")


class TierRule(models.Model):
    """A rule for the tier of customers as data (SPEC A4). A row is never changed: a change is the next version.

    The rules in force are asked by `position`. Of those that set, the first whose conditions all hold decides the
    tier; of those that suggest, the first leaves a suggestion to somebody. `conditions` is a list of
    {"word", "comparison", "value"}, see `customers.tiering`.
    """

    class Deed(models.TextChoices):
        SET = "set", _("sets the tier")
        SUGGEST = "suggest", _("suggests the tier")

    code = models.SlugField(max_length=40)
    version = models.PositiveIntegerField(_("version"), default=1)
    position = models.PositiveSmallIntegerField(_("position"))
    name = models.CharField(_("name"), max_length=60)
    name_en = models.CharField(_("English name"), max_length=60, blank=True)
    tier = models.CharField(_("tier"), max_length=12, choices=Tier)
    deed = models.CharField(_("what it does"), max_length=8, choices=Deed, default=Deed.SET)
    may_lower = models.BooleanField(_("may lower a tier"), default=False)
    active = models.BooleanField(_("active"), default=True)
    conditions = models.JSONField(_("conditions"), default=list, blank=True)
    made_at = models.DateTimeField(auto_now_add=True)
    retired_at = models.DateTimeField(null=True, editable=False)

    objects = TierRuleQuerySet.as_manager()

    class Meta:
        ordering = ["position", "id"]
        constraints = [
            models.UniqueConstraint(fields=["code", "version"], name="tier_rule_version_once"),
            models.UniqueConstraint(fields=["code"], condition=Q(retired_at=None), name="tier_rule_one_current"),
            models.UniqueConstraint(fields=["position"], condition=Q(retired_at=None), name="tier_rule_one_place"),
        ]

    def __str__(self) -> str:
        return in_reader_language(self.name, self.name_en)

    def save(self, *args: Any, **kwargs: Any) -> None:
        if not self._state.adding:
            raise TypeError("A rule is never changed; write its next version.")
        super().save(*args, **kwargs)

    @property
    def sets(self) -> bool:
        return self.deed == self.Deed.SET

    @cached_property
    def named(self) -> dict[str, Any]:
        """Return how the journal names the rule: code, version and its names."""
        return {"rule": self.code, "version": self.version, "name": self.name, "name_en": self.name_en}

    def leads_from(self, tier: str) -> bool:
        """Say whether the rule, where it holds, leads away from this tier."""
        return self.tier != tier and (self.may_lower or not is_lower(self.tier, tier))


class TierTerms(models.Model):
    """The numbers around tiers, edited on the settings page; one row."""

    override_days = models.PositiveSmallIntegerField(
        _("days that a tier set by hand stands"),
        default=180,
        validators=[MinValueValidator(1), MaxValueValidator(3650)],
    )
    remind_days = models.PositiveSmallIntegerField(
        _("days before its end that the account manager is reminded"),
        default=7,
        validators=[MaxValueValidator(365)],
    )
    rest_days = models.PositiveSmallIntegerField(
        _("days that a declined suggestion is not made again"),
        default=180,
        validators=[MaxValueValidator(3650)],
    )
    hour = models.PositiveSmallIntegerField(
        _("hour of the day from which tiers are decided"),
        default=5,
        validators=[MaxValueValidator(23)],
    )

    class Meta:
        constraints = [models.CheckConstraint(condition=Q(pk=1), name="tier_terms_one_row")]

    def __str__(self) -> str:
        return str(_("tiers"))

    @classmethod
    def now(cls) -> TierTerms:
        return cls.objects.filter(pk=1).first() or cls(pk=1)
