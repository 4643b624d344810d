from __future__ import annotations

from typing import Self

from django.db import models
from django.db.models import F, Q

from huiying.cases.lifecycle import Stage
from huiying.staff.models import User

from .case import Case


class MergeQuerySet(models.QuerySet["Merge"]):
    def standing(self) -> Self:
        return self.filter(undone_at=None)


class Merge(models.Model):
    """A case that goes on as part of another one (SPEC C14): a pointer, nothing moves, so that it can be undone.

    `stage`, `stage_since`, `awaited_since` (of the case that stays) and `clocks` are what the merge changed, as it was
    before. `episode` is the one the other case was in: another handling no longer gives anything back.
    """

    source = models.ForeignKey(Case, models.PROTECT, related_name="merges")
    into = models.ForeignKey(Case, models.PROTECT, related_name="merged_in")
    episode = models.PositiveSmallIntegerField()
    stage = models.CharField(max_length=13, choices=Stage)
    stage_since = models.DateTimeField()
    awaited_since = models.DateTimeField(null=True)
    clocks = models.JSONField(default=list)
    merged_by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+")
    at = models.DateTimeField()
    undone_by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+")
    undone_at = models.DateTimeField(null=True)

    objects = MergeQuerySet.as_manager()

    class Meta:
        ordering = ["id"]
        constraints = [
            models.UniqueConstraint(fields=["source"], condition=Q(undone_at=None), name="merge_one_standing"),
            models.CheckConstraint(condition=~Q(source=F("into")), name="merge_into_another"),
        ]

    def __str__(self) -> str:
        return f"{self.source_id} → {self.into_id}"
