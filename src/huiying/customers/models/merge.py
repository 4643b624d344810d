from __future__ import annotations

from typing import Self

from django.db import models
from django.db.models import F, Q

from huiying.staff.models import User

from .customer import Customer


class MergeQuerySet(models.QuerySet["Merge"]):
    def standing(self) -> Self:
        return self.filter(undone_at=None)

    def for_page(self) -> Self:
        return self.select_related("source", "into", "merged_by", "undone_by")


class Merge(models.Model):
    """Two entries of one customer became one (SPEC A7). `source` points to `into`; its rows moved, see `MergedRow`.

    `changed` keeps what the merge changed in the archive of the one that stays: column → [before, after], in words;
    `evidence` the codes of why they looked alike.
    """

    source = models.ForeignKey(Customer, models.PROTECT, related_name="merges")
    into = models.ForeignKey(Customer, models.PROTECT, related_name="taken_in")
    reason = models.CharField(max_length=200, blank=True)
    evidence = models.JSONField(default=list)
    changed = models.JSONField(default=dict)
    merged_by = models.ForeignKey(User, models.SET_NULL, null=True, related_name="+")
    at = models.DateTimeField()
    undone_at = models.DateTimeField(null=True)
    undone_by = models.ForeignKey(User, models.SET_NULL, null=True, related_name="+")

    objects = MergeQuerySet.as_manager()

    class Meta:
        ordering = ["-id"]
        constraints = [
            models.UniqueConstraint(fields=["source"], condition=Q(undone_at=None), name="customer_merged_once"),
            models.CheckConstraint(condition=~Q(source=F("into")), name="customer_merged_into_another"),
        ]

    def __str__(self) -> str:
        return f"{self.source_id} → {self.into_id}"


class MergedRow(models.Model):
    """One row that moved with a merge: `what` names model and column, `flag` is what its yielding column held."""

    merge = models.ForeignKey(Merge, models.CASCADE, related_name="rows")
    what = models.CharField(max_length=80)
    key = models.BigIntegerField()
    flag = models.BooleanField(null=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["merge", "what", "key"], name="merged_row_once")]

    def __str__(self) -> str:
        return f"{self.what} {self.key}"
