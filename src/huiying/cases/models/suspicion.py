from __future__ import annotations

from typing import Self

from django.db import models
from django.db.models import Exists, OuterRef, Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from huiying.journal.actors import Actor
from huiying.staff.models import User

from .case import Case
from .incident import Incident


class SuspicionQuerySet(models.QuerySet["Suspicion"]):
    def visible_to(self, actor: Actor | None) -> Self:
        """Keep those of which the actor sees a case: what they rest on must be open to whoever decides."""
        if actor is None or not actor.can("cases.assign"):
            return self.none()
        cases = Case.objects.visible_to(actor).filter(pk=OuterRef("case_id"))
        return self.filter(Exists(SuspectCase.objects.filter(Exists(cases), suspicion=OuterRef("pk"))))

    def waiting(self) -> Self:
        return self.filter(state=Suspicion.State.WAITING)


class Suspicion(models.Model):
    """A group incident that detection suggests, with what it rests on; a person declares or dismisses it (SPEC C12).

    `expected` is how many people speak of such a matter in `days` days usually, reckoned from the `looked_back` days
    before; `chance` is how likely `people` of them are by mere chance.
    """

    class State(models.TextChoices):
        WAITING = "waiting", pgettext_lazy("suspicion", "waiting for a decision")
        DECLARED = "declared", pgettext_lazy("suspicion", "declared an incident")
        DISMISSED = "dismissed", pgettext_lazy("suspicion", "no incident")

    class Reason(models.TextChoices):
        DIFFERENT = "different", _("these are different matters")
        USUAL = "usual", _("so many are usual for this matter")
        KNOWN = "known", _("the matter is known and dealt with elsewhere")

    state = models.CharField(max_length=10, choices=State, default=State.WAITING)
    title = models.CharField(max_length=120)
    words = models.JSONField(default=list)
    marks = models.JSONField(default=list)
    people = models.PositiveIntegerField()
    expected = models.FloatField()
    chance = models.FloatField()
    days = models.PositiveSmallIntegerField()
    looked_back = models.PositiveSmallIntegerField()
    found_at = models.DateTimeField()
    last_at = models.DateTimeField()
    incident = models.ForeignKey(Incident, models.PROTECT, null=True, related_name="suspicions")
    reason = models.CharField(_("reason"), max_length=10, choices=Reason, blank=True)
    remark = models.CharField(_("remark"), max_length=200, blank=True)
    decided_by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+")
    decided_at = models.DateTimeField(null=True)

    objects = SuspicionQuerySet.as_manager()

    class Meta:
        ordering = ["-found_at", "-id"]
        indexes = [models.Index(fields=["state", "-last_at"], name="suspicion_state")]
        constraints = [
            models.CheckConstraint(
                condition=Q(state="waiting", decided_at=None) | (~Q(state="waiting") & Q(decided_at__isnull=False)),
                name="suspicion_decided_has_time",
            )
        ]

    def __str__(self) -> str:
        return self.title

    def get_absolute_url(self) -> str:
        return reverse("cases:suspicion", args=[self.pk])


class SuspectCase(models.Model):
    """A case that a suspicion rests on, and its `likeness` 0 … 1 to the others."""

    suspicion = models.ForeignKey(Suspicion, models.CASCADE, related_name="cases")
    case = models.ForeignKey(Case, models.PROTECT, related_name="+")
    likeness = models.FloatField(default=1.0)

    class Meta:
        ordering = ["id"]
        constraints = [models.UniqueConstraint(fields=["suspicion", "case"], name="suspect_case_once")]

    def __str__(self) -> str:
        return f"{self.suspicion_id} ∋ {self.case_id}"


class Candidate(models.Model):
    """A case that speaks of what a declared incident is about, until somebody lets it join or says it does not."""

    incident = models.ForeignKey(Incident, models.CASCADE, related_name="candidates")
    case = models.ForeignKey(Case, models.PROTECT, related_name="+")
    likeness = models.FloatField(default=1.0)
    at = models.DateTimeField()
    refused_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ["id"]
        constraints = [models.UniqueConstraint(fields=["incident", "case"], name="incident_candidate_once")]

    def __str__(self) -> str:
        return f"{self.incident_id} ? {self.case_id}"


class Lookout(models.Model):
    """How far the journal has been read for group incidents; there is one row."""

    last_entry = models.BigIntegerField()

    def __str__(self) -> str:
        return str(self.last_entry)
