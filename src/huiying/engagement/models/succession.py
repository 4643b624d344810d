"""Handing over what a person looks after: one batch, a line for each thing."""

from __future__ import annotations

from collections.abc import Collection
from datetime import date, datetime, timedelta
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
        """Keep one's own, and those of the people whose work one may hand over."""
        from huiying.engagement.policies import handing_over_for, may_hand_over

        if actor is None or not may_hand_over(actor):
            return self.none()
        return self.filter(Q(made_by=actor.pk or 0) | Q(leaver__in=handing_over_for(actor).values("pk")))

    def due(self, today: date) -> Self:
        return self.filter(state="planned", takes_effect_on__lte=today)

    def stuck(self, now: datetime) -> Self:
        """Keep those whose worker has not been heard of."""
        return self.filter(state__in=["working", "undoing"], moved_at__lt=now - Succession.STUCK_AFTER)


class Succession(models.Model):
    """Somebody's work goes to others. `plan` holds what was chosen, as `shares.Wish` reads it.

    `key` is the form's: sent twice, it is one batch. `words` go to the successors beside each note. A hand-over for a
    later day, `takes_effect_on`, waits without lines. `ends_access`: once it is done, the person cannot sign in any
    more; `ending` says what stood in the way of that, or why it was called off on the day.
    """

    UNDONE_WITHIN = timedelta(hours=24)
    STUCK_AFTER = timedelta(minutes=3)

    class State(models.TextChoices):
        PLANNED = "planned", pgettext_lazy("hand-over", "planned")
        CALLED_OFF = "off", pgettext_lazy("hand-over", "called off")
        WORKING = "working", pgettext_lazy("hand-over", "being handed over")
        DONE = "done", pgettext_lazy("hand-over", "handed over")
        UNDOING = "undoing", pgettext_lazy("hand-over", "being put back")
        UNDONE = "undone", pgettext_lazy("hand-over", "put back")

    key = models.UUIDField(unique=True)
    leaver = models.ForeignKey(User, models.PROTECT, related_name="+", verbose_name=_("from whom"))
    made_by = models.ForeignKey(User, models.PROTECT, related_name="+", verbose_name=_("by"))
    reason = models.CharField(_("reason"), max_length=200)
    words = models.TextField(_("own words"), max_length=2000, blank=True)
    plan = models.JSONField()
    takes_effect_on = models.DateField(_("takes effect on"), null=True)
    ends_access = models.BooleanField(default=False)
    ending = models.CharField(max_length=200, blank=True)
    state = models.CharField(max_length=8, choices=State, default=State.WORKING)
    started_at = models.DateTimeField()
    moved_at = models.DateTimeField()
    done_at = models.DateTimeField(null=True)

    objects = SuccessionQuerySet.as_manager()

    class Meta:
        indexes = [
            models.Index(fields=["leaver", "-id"], name="succession_leaver"),
            models.Index(
                fields=["state", "moved_at"],
                condition=Q(state__in=["planned", "working", "undoing"]),
                name="succession_under_way",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.pk}: {self.leaver_id}"

    def get_absolute_url(self) -> str:
        return reverse("engagement:handover_batch", args=[self.pk])

    @property
    def is_planned(self) -> bool:
        return self.state == self.State.PLANNED

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
        return self.counts_of([self])[self.pk]

    @staticmethod
    def counts_of(batches: Collection[Succession]) -> dict[int, dict[str, int]]:
        """Return by batch how many things came to each result; one statement."""
        counts = {batch.pk: dict.fromkeys(SuccessionLine.Result.values, 0) for batch in batches}
        lines = SuccessionLine.objects.filter(succession__in=counts).order_by()
        for batch, result, count in lines.values_list("succession", "result").annotate(Count("id")):
            counts[batch][result] = count
        return counts


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
