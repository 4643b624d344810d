from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _

from huiying.cases.lifecycle import Stage
from huiying.staff.models import User

from .case import Case


class Confirmation(models.Model):
    """The customer's word on the cure (SPEC C10). Several may be given in one episode; the last one counts."""

    class Result(models.TextChoices):
        SOLVED = "solved", _("solved")
        PARTLY = "partly", _("partly solved")
        UNSOLVED = "unsolved", _("not solved")

    class Rating(models.TextChoices):
        SATISFIED = "satisfied", _("satisfied")
        FAIR = "fair", _("fairly satisfied")
        DISSATISFIED = "dissatisfied", _("dissatisfied")

    case = models.ForeignKey(Case, models.PROTECT, related_name="confirmations")
    episode = models.PositiveSmallIntegerField()
    result = models.CharField(_("result"), max_length=8, choices=Result)
    rating = models.CharField(_("rating"), max_length=12, choices=Rating)
    comment = models.TextField(_("advice for us"), blank=True)
    given_by_customer = models.BooleanField(default=False)
    recorded_by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+")
    at = models.DateTimeField()

    class Meta:
        ordering = ["id"]

    def __str__(self) -> str:
        return f"{self.case_id}: {self.result}"


class Attempt(models.Model):
    """An attempt to reach the customer that did not succeed; three of them stand for their word (SPEC C10)."""

    case = models.ForeignKey(Case, models.PROTECT, related_name="attempts")
    episode = models.PositiveSmallIntegerField()
    channel = models.CharField(max_length=12)
    note = models.CharField(_("what happened"), max_length=200)
    recorded_by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+")
    at = models.DateTimeField()

    class Meta:
        ordering = ["id"]

    def __str__(self) -> str:
        return self.note


class Closure(models.Model):
    """The closing of one episode and what we learnt from it."""

    case = models.ForeignKey(Case, models.PROTECT, related_name="closures")
    episode = models.PositiveSmallIntegerField()
    lesson = models.TextField(_("lesson"), blank=True)
    closed_by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+")
    at = models.DateTimeField()

    class Meta:
        ordering = ["episode"]
        constraints = [models.UniqueConstraint(fields=["case", "episode"], name="closure_once_per_episode")]

    def __str__(self) -> str:
        return f"{self.case_id}/{self.episode}"


class Reopening(models.Model):
    """二次处理: the case was not cured after all (SPEC C4). `episode` is the one that begins."""

    case = models.ForeignKey(Case, models.PROTECT, related_name="reopenings")
    episode = models.PositiveSmallIntegerField()
    reason = models.TextField(_("reason"))
    reopened_by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+")
    at = models.DateTimeField()

    class Meta:
        ordering = ["episode"]
        constraints = [models.UniqueConstraint(fields=["case", "episode"], name="reopening_once_per_episode")]

    def __str__(self) -> str:
        return f"{self.case_id}/{self.episode}"


class Discard(models.Model):
    """Leaving the track by a side exit, with a reason and, for invalid cases, a second pair of eyes (SPEC C4)."""

    case = models.ForeignKey(Case, models.PROTECT, related_name="discards")
    episode = models.PositiveSmallIntegerField()
    stage = models.CharField(
        max_length=10,
        choices=[(Stage.WITHDRAWN, Stage.WITHDRAWN.label), (Stage.INVALID, Stage.INVALID.label)],
    )
    reason = models.TextField(_("reason"))
    asked_by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+")
    asked_at = models.DateTimeField()
    seconded_by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+")
    decided_at = models.DateTimeField(null=True)
    agreed = models.BooleanField(null=True)

    class Meta:
        ordering = ["id"]
        constraints = [
            models.UniqueConstraint(fields=["case"], condition=models.Q(agreed=None), name="discard_one_pending"),
        ]

    def __str__(self) -> str:
        return f"{self.case_id}: {self.stage}"
