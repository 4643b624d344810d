from __future__ import annotations

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from huiying.staff.models import Department, User

from .case import Case
from .category import Category


class Investigation(models.Model):
    """Facts, cause and who answers for it (SPEC C7): one per episode, each saving kept in the journal."""

    case = models.ForeignKey(Case, models.PROTECT, related_name="investigations")
    episode = models.PositiveSmallIntegerField()
    facts = models.TextField(_("facts and evidence"))
    cause = models.ForeignKey(Category, models.PROTECT, related_name="+", verbose_name=_("cause"))
    root_cause = models.TextField(_("root cause"))
    department = models.ForeignKey(
        Department, models.PROTECT, related_name="+", verbose_name=_("responsible department")
    )
    person = models.ForeignKey(
        User, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("responsible person")
    )
    recorded_by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+")
    recorded_at = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["case", "episode"], name="investigation_once_per_episode")]

    def __str__(self) -> str:
        return f"{self.case_id}/{self.episode}"


class Share(models.Model):
    """A department's share of the responsibility, in percent; the shares of an investigation add up to 100."""

    investigation = models.ForeignKey(Investigation, models.CASCADE, related_name="shares")
    department = models.ForeignKey(Department, models.PROTECT, related_name="+")
    percent = models.PositiveSmallIntegerField(_("percent"))

    class Meta:
        ordering = ["-percent", "id"]
        constraints = [
            models.UniqueConstraint(fields=["investigation", "department"], name="share_once"),
            models.CheckConstraint(condition=Q(percent__gte=1, percent__lte=100), name="share_percent"),
        ]

    def __str__(self) -> str:
        return f"{self.department} {self.percent}%"
