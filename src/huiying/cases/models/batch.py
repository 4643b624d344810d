from __future__ import annotations

from datetime import datetime, timedelta
from typing import Self

from django.db import models
from django.db.models import Count
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from huiying.journal.actors import Actor
from huiying.staff.models import User

from .case import Case


class BatchQuerySet(models.QuerySet["Batch"]):
    def visible_to(self, actor: Actor | None) -> Self:
        """Keep the actor's own: whoever else looks at a case finds there what was done to it."""
        return self.none() if actor is None else self.filter(user_id=actor.pk)


class Batch(models.Model):
    """One change made to many cases at once; its key is the batch number (SPEC K6).

    `wanted` is the change as `cases.actions.changes` reads it, `name` whom or what it gives. `key` is the form's: sent
    twice, it is one batch.
    """

    UNDONE_WITHIN = timedelta(minutes=2)
    STUCK_AFTER = timedelta(minutes=3)

    class Deed(models.TextChoices):
        ASSIGNMENT = "assignment", _("assign")
        URGENCY = "urgency", _("urgency")
        CATEGORY = "category", _("category")
        TAG = "tag", _("add a tag")
        UNTAG = "untag", _("take a tag off")

    class State(models.TextChoices):
        WORKING = "working", _("being changed")
        DONE = "done", _("changed")
        UNDOING = "undoing", _("being put back")
        UNDONE = "undone", _("put back")

    key = models.UUIDField(unique=True)
    user = models.ForeignKey(User, models.PROTECT, related_name="+", verbose_name=_("by"))
    deed = models.CharField(max_length=12, choices=Deed)
    wanted = models.JSONField()
    name = models.CharField(max_length=200)
    state = models.CharField(max_length=8, choices=State, default=State.WORKING)
    started_at = models.DateTimeField()
    moved_at = models.DateTimeField()
    done_at = models.DateTimeField(null=True)

    objects = BatchQuerySet.as_manager()

    class Meta:
        indexes = [models.Index(fields=["user", "-id"], name="batch_of_user")]

    def __str__(self) -> str:
        return f"{self.pk}: {self.deed} {self.name}"

    def get_absolute_url(self) -> str:
        return reverse("cases:batch", args=[self.pk])

    @property
    def is_at_work(self) -> bool:
        return self.state in (self.State.WORKING, self.State.UNDOING)

    @property
    def is_stuck(self) -> bool:
        """Its worker has not been heard of for a while; set going again, it does nothing twice."""
        return self.is_at_work and timezone.now() - self.moved_at > self.STUCK_AFTER

    @property
    def undone_until(self) -> datetime | None:
        return self.done_at + self.UNDONE_WITHIN if self.done_at else None

    def counts(self) -> dict[str, int]:
        """Return how many cases came to each result, none left out."""
        found = dict(self.lines.values_list("result").annotate(Count("id")))
        return {str(result): found.get(result, 0) for result in BatchLine.Result}


class BatchLine(models.Model):
    """What became of one case. `before` and `after` are what the change touches, `version` is the case's then."""

    class Result(models.TextChoices):
        WAITING = "waiting", pgettext_lazy("a case in a batch", "waiting")
        CHANGED = "changed", pgettext_lazy("a case in a batch", "changed")
        UNCHANGED = "unchanged", pgettext_lazy("a case in a batch", "was so already")
        REFUSED = "refused", pgettext_lazy("a case in a batch", "not changed")
        RESTORED = "restored", pgettext_lazy("a case in a batch", "put back")
        KEPT = "kept", pgettext_lazy("a case in a batch", "left as it is")

    batch = models.ForeignKey(Batch, models.CASCADE, related_name="lines")
    case = models.ForeignKey(Case, models.CASCADE, related_name="+")
    result = models.CharField(max_length=9, choices=Result, default=Result.WAITING)
    reason = models.CharField(max_length=200, blank=True)
    before = models.JSONField(null=True)
    after = models.JSONField(null=True)
    version = models.PositiveIntegerField(default=0)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["batch", "case"], name="batch_case_once")]

    def __str__(self) -> str:
        return f"{self.batch_id}: {self.case_id} {self.result}"
