from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from huiying.deadlines.arithmetic.units import Length, Unit
from huiying.kit.text import in_reader_language

from .calendar import Calendar

Situation = Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Rung:
    """A step of the ladder: at this percentage of the time the verb happens, and somebody is told."""

    percent: int
    verb: str
    to: str


class Recipient(models.TextChoices):
    """Whom a rung tells."""

    OWNER = "owner", _("the owner")
    SUPERVISOR = "supervisor", _("the team lead")
    HEAD = "head", _("the head of department")
    LEGAL = "legal", _("the legal department")


class PolicyQuerySet(models.QuerySet["Policy"]):
    def current(self) -> PolicyQuerySet:
        return self.filter(retired_at=None)


class Policy(models.Model):
    """A clock as data (SPEC C6): what starts, pauses and ends it, how long it runs, and who is told on the way.

    A row is never changed: a change is the next version, and clocks keep the version they run by — their snapshot.
    Of the policies of one `kind`, the first by `position` whose conditions fit decides. `conditions` name allowed
    values by word, e.g. {"kind": ["complaint"], "tier": ["vip"]}; a value ending in “/” allows what begins with it.
    """

    code = models.SlugField(_("code"), max_length=40)
    version = models.PositiveIntegerField(_("version"), default=1)
    kind = models.SlugField(_("clock"), max_length=40)
    position = models.PositiveSmallIntegerField(_("position"), default=0)
    name = models.CharField(_("name"), max_length=60)
    name_en = models.CharField(_("English name"), max_length=60, blank=True)
    unit = models.CharField(_("counted in"), max_length=10, choices=Unit)
    minutes = models.PositiveIntegerField(_("minutes"), null=True, blank=True)
    days = models.PositiveSmallIntegerField(_("days"), null=True, blank=True)
    as_promised = models.BooleanField(_("as promised"), default=False)
    calendar = models.ForeignKey(
        Calendar, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("calendar")
    )
    conditions = models.JSONField(_("applies to"), default=dict, blank=True)
    starts_on = models.JSONField(_("starts on"), default=list, blank=True)
    pauses_on = models.JSONField(_("pauses on"), default=list, blank=True)
    resumes_on = models.JSONField(_("resumes on"), default=list, blank=True)
    stops_on = models.JSONField(_("is met by"), default=list, blank=True)
    resets_on = models.JSONField(_("starts afresh on"), default=list, blank=True)
    cancels_on = models.JSONField(_("is dropped on"), default=list, blank=True)
    yields_to = models.JSONField(_("does not start while these run"), default=list, blank=True)
    repeats = models.BooleanField(_("may run again"), default=False)
    pausable = models.BooleanField(_("may be paused"), default=True)
    pause_cap_days = models.PositiveSmallIntegerField(_("longest pause in days"), default=10)
    extension_minutes = models.PositiveIntegerField(_("extension in minutes at most"), default=0)
    extension_days = models.PositiveSmallIntegerField(_("extension in days at most"), default=0)
    extension_times = models.PositiveSmallIntegerField(_("extensions at most"), default=1)
    extension_told = models.BooleanField(_("the customer is told of an extension"), default=True)
    keeps_owner = models.BooleanField(_("stays with whom it was given to"), default=False)
    ladder = models.JSONField(_("ladder"), default=list, blank=True)
    active = models.BooleanField(_("active"), default=True)
    made_at = models.DateTimeField(auto_now_add=True)
    retired_at = models.DateTimeField(null=True, editable=False)

    objects = PolicyQuerySet.as_manager()

    class Meta:
        ordering = ["kind", "position", "id"]
        constraints = [
            models.UniqueConstraint(fields=["code", "version"], name="policy_version_once"),
            models.UniqueConstraint(fields=["code"], condition=Q(retired_at=None), name="policy_one_current"),
            models.CheckConstraint(
                condition=Q(as_promised=True, minutes=None, days=None)
                | Q(as_promised=False, minutes__isnull=False, days=None)
                | Q(as_promised=False, minutes=None, days__isnull=False),
                name="policy_one_length",
            ),
            models.CheckConstraint(
                condition=~Q(unit=Unit.STATUTORY) | Q(minutes=None), name="policy_statutory_in_days"
            ),
        ]

    def __str__(self) -> str:
        return in_reader_language(self.name, self.name_en)

    def save(self, *args: Any, **kwargs: Any) -> None:
        if not self._state.adding:
            raise TypeError("A policy is never changed; write its next version.")
        super().save(*args, **kwargs)

    @property
    def length(self) -> Length:
        """The length; for a promise none, its clock brings its own due moment."""
        return Length(minutes=self.minutes or 0, days=self.days or 0)

    @property
    def extension(self) -> Length | None:
        """What one extension may add at most; None where the policy knows none."""
        if not (self.extension_minutes or self.extension_days):
            return None
        return Length(minutes=self.extension_minutes, days=self.extension_days)

    @property
    def counted_in(self) -> Unit:
        return Unit(self.unit)

    @cached_property
    def rungs(self) -> tuple[Rung, ...]:
        rungs = (Rung(rung["percent"], rung["verb"], rung["to"]) for rung in self.ladder)
        return tuple(sorted(rungs, key=lambda rung: rung.percent))

    def fits(self, situation: Situation) -> bool:
        return all(_allows(allowed, situation.get(word, "")) for word, allowed in self.conditions.items())


def _allows(allowed: list[str], value: str) -> bool:
    return value in allowed or any(each.endswith("/") and value.startswith(each) for each in allowed)
