from __future__ import annotations

from typing import Self

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from huiying.staff.models import Department, Team, User

from .case import Case


class HandoverQuerySet(models.QuerySet["Handover"]):
    def waiting(self) -> Self:
        return self.filter(outcome="")


class Handover(models.Model):
    """A case on its way to another person or team (SPEC C5): `giver` answers for it until it is accepted.

    `from_team` and `from_department` are where it goes back to; `to` is empty where any of the team may accept it.
    """

    class Outcome(models.TextChoices):
        ACCEPTED = "accepted", pgettext_lazy("hand-over", "accepted")
        RETURNED = "returned", pgettext_lazy("hand-over", "given back")
        SUPERSEDED = "superseded", pgettext_lazy("hand-over", "superseded")

    case = models.ForeignKey(Case, models.PROTECT, related_name="handovers")
    giver = models.ForeignKey(User, models.PROTECT, related_name="+")
    from_team = models.ForeignKey(Team, models.PROTECT, null=True, related_name="+")
    from_department = models.ForeignKey(Department, models.PROTECT, null=True, related_name="+")
    to = models.ForeignKey(User, models.PROTECT, null=True, related_name="+")
    team = models.ForeignKey(Team, models.PROTECT, null=True, related_name="+")
    reason = models.CharField(_("reason"), max_length=200, blank=True)
    made_by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+")
    made_at = models.DateTimeField()
    outcome = models.CharField(max_length=10, choices=Outcome, blank=True)
    answered_by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+")
    answered_at = models.DateTimeField(null=True)

    objects = HandoverQuerySet.as_manager()

    class Meta:
        ordering = ["id"]
        constraints = [
            models.UniqueConstraint(fields=["case"], condition=Q(outcome=""), name="handover_one_waiting"),
            models.CheckConstraint(
                condition=Q(outcome="", answered_at=None) | (~Q(outcome="") & Q(answered_at__isnull=False)),
                name="handover_answered_has_time",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.case_id}: {self.giver_id} → {self.to_id or self.team_id}"
