from __future__ import annotations

from datetime import time
from typing import Any, Self

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from huiying.customers.models import Tier
from huiying.engagement.closeness import suffices

from .interaction import Means


class Per(models.TextChoices):
    """The period that a policy counts in."""

    MONTH = "month", _("a month")
    QUARTER = "quarter", _("a quarter")


class CarePolicyQuerySet(models.QuerySet["CarePolicy"]):
    def current(self) -> Self:
        return self.filter(retired_at=None)


class CarePolicy(models.Model):
    """How often customers of a tier hear from us, and how (SPEC B1).

    A row is never changed: a change is the next version, and what was planned keeps the version it was planned by.
    `means` are those that are planned, the first of them by default; a contact by any as close as the least close of
    them counts (`closeness.suffices`). Between `quiet_from` and `quiet_until`, local time, nobody is disturbed.
    """

    tier = models.CharField(_("tier"), max_length=12, choices=Tier)
    version = models.PositiveIntegerField(_("version"), default=1)
    times = models.PositiveSmallIntegerField(_("contacts"), default=1)
    per = models.CharField(_("per"), max_length=8, choices=Per, default=Per.MONTH)
    means = models.JSONField(_("by"), default=list)
    quiet_from = models.TimeField(_("quiet from"), default=time(20))
    quiet_until = models.TimeField(_("quiet until"), default=time(9))
    active = models.BooleanField(_("active"), default=True)
    made_at = models.DateTimeField(auto_now_add=True)
    retired_at = models.DateTimeField(null=True, editable=False)

    objects = CarePolicyQuerySet.as_manager()

    class Meta:
        ordering = ["id"]
        constraints = [
            models.UniqueConstraint(fields=["tier", "version"], name="care_policy_version_once"),
            models.UniqueConstraint(fields=["tier"], condition=Q(retired_at=None), name="care_policy_one_current"),
            models.CheckConstraint(condition=Q(times__gte=1, times__lte=12), name="care_policy_times"),
        ]

    def __str__(self) -> str:
        return f"{self.get_tier_display()} {self.times} {self.get_per_display()}"

    def save(self, *args: Any, **kwargs: Any) -> None:
        if not self._state.adding:
            raise TypeError("A policy is never changed; write its next version.")
        super().save(*args, **kwargs)

    @property
    def first_means(self) -> str:
        return str(self.means[0]) if self.means else Means.PHONE.value

    @property
    def means_in_words(self) -> str:
        return str(_(" or ")).join(str(Means(code).label) for code in self.means if code in Means)

    def is_met_by(self, means: str) -> bool:
        return suffices(means, self.means)

    def is_quiet(self, at: time) -> bool:
        """Say whether nobody should be disturbed at this time of day."""
        if self.quiet_from <= self.quiet_until:
            return self.quiet_from <= at < self.quiet_until
        return at >= self.quiet_from or at < self.quiet_until
