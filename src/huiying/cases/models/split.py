from __future__ import annotations

from django.db import models
from django.db.models import F, Q

from huiying.staff.models import User

from .case import Case


class Split(models.Model):
    """A matter of its own that was taken out of a case, by the words that speak of it (SPEC C14).

    `copies` names the copy of each message by the key of the one it was taken from: both cases keep the words.
    """

    source = models.ForeignKey(Case, models.PROTECT, related_name="splits")
    part = models.OneToOneField(Case, models.PROTECT, related_name="split_from")
    copies = models.JSONField(default=dict)
    made_by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+")
    at = models.DateTimeField()

    class Meta:
        ordering = ["id"]
        constraints = [models.CheckConstraint(condition=~Q(source=F("part")), name="split_into_another")]

    def __str__(self) -> str:
        return f"{self.source_id} → {self.part_id}"
