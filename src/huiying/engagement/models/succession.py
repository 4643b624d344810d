"""Handing over what a person looks after: one batch, a line for each thing."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Self

from django.db import models
from django.db.models import Count, Q
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from huiying.customers.models import Customer
from huiying.journal.actors import Actor
from huiying.staff.models import User


class SuccessionQuerySet(models.QuerySet["Succession"]):
    def visible_to(self, actor: Actor | None) -> Self:
        """Keep all for those who hand over for colleagues."""
        return self.all() if actor is not None and actor.can("care.hand_over") else self.none()


class Succession(models.Model):
    """Somebody's work goes to others. `plan` holds the kinds, the successors and the tiers to be called, as chosen.

    `key` is the form's: sent twice, it is one batch.
    """

    UNDONE_WITHIN = timedelta(hours=24)
    STUCK_AFTER = timedelta(minutes=3)

    class State(models.TextChoices):
        WORKING = "working", _("being handed over")
        DONE = "done", _("handed over")
        UNDOING = "undoing", _("being put back")
        UNDONE = "undone", _("put back")

    key = models.UUIDField(unique=True)
    leaver = models.ForeignKey(User, models.PROTECT, related_name="+", verbose_name=_("from whom"))
    made_by = models.ForeignKey(User, models.PROTECT, related_name="+", verbose_name=_("by"))
    reason = models.CharField(_("reason"), max_length=200)
    plan = models.JSONField()
    state = models.CharField(max_length=8, choices=State, default=State.WORKING)
    started_at = models.DateTimeField()
    moved_at = models.DateTimeField()
    done_at = models.DateTimeField(null=True)

    objects = SuccessionQuerySet.as_manager()

    class Meta:
        indexes = [models.Index(fields=["leaver", "-id"], name="succession_leaver")]

    def __str__(self) -> str:
        return f"{self.pk}: {self.leaver_id}"

    def get_absolute_url(self) -> str:
        return reverse("engagement:handover_batch", args=[self.pk])

    @property
    def is_at_work(self) -> bool:
        return self.state in (self.State.WORKING, self.State.UNDOING)

    @property
    def is_stuck(self) -> bool:
        return self.is_at_work and timezone.now() - self.moved_at > self.STUCK_AFTER

    @property
    def undone_until(self) -> datetime | None:
        return self.done_at + self.UNDONE_WITHIN if self.done_at and self.state == self.State.DONE else None

    def counts(self) -> dict[str, int]:
        """Return how many things came to each result, none left out."""
        found = dict(self.lines.values_list("result").annotate(Count("id")))
        return {str(result): found.get(result, 0) for result in SuccessionLine.Result}


class SuccessionLine(models.Model):
    """What became of one thing: `kind` is its belonging's code, `mark` how it stood once it was given."""

    class Result(models.TextChoices):
        WAITING = "waiting", pgettext_lazy("a thing handed over", "waiting")
        GIVEN = "given", pgettext_lazy("a thing handed over", "handed over")
        REFUSED = "refused", pgettext_lazy("a thing handed over", "not handed over")
        RESTORED = "restored", pgettext_lazy("a thing handed over", "put back")
        KEPT = "kept", pgettext_lazy("a thing handed over", "left as it is")

    succession = models.ForeignKey(Succession, models.CASCADE, related_name="lines", db_index=False)
    kind = models.CharField(max_length=12)
    thing_id = models.BigIntegerField()
    title = models.CharField(max_length=200)
    customer = models.ForeignKey(Customer, models.CASCADE, null=True, related_name="+")
    to = models.ForeignKey(User, models.PROTECT, related_name="+", db_index=False)
    result = models.CharField(max_length=9, choices=Result, default=Result.WAITING)
    reason = models.CharField(max_length=200, blank=True)
    mark = models.CharField(max_length=64, blank=True)
    acknowledged_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ["id"]
        indexes = [
            models.Index(fields=["to"], condition=Q(acknowledged_at=None, result="given"), name="succession_to_greet"),
        ]
        constraints = [models.UniqueConstraint(fields=["succession", "kind", "thing_id"], name="succession_once")]

    def __str__(self) -> str:
        return f"{self.succession_id}: {self.kind} {self.thing_id} {self.result}"
