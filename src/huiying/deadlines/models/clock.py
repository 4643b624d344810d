from __future__ import annotations

from datetime import datetime, timedelta
from typing import Self

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from huiying.staff.models import Department, Team, User

from .calendar import Calendar
from .policy import Policy


class ClockQuerySet(models.QuerySet["Clock"]):
    def about(self, subject: models.Model) -> Self:
        return self.filter(subject_type=subject._meta.label_lower, subject_id=subject.pk)

    def live(self) -> Self:
        return self.filter(state__in=Clock.LIVE)

    def running(self) -> Self:
        return self.filter(state=Clock.State.RUNNING)

    def to_ring(self, now: datetime) -> Self:
        return self.filter(next_ring_at__lte=now).order_by("next_ring_at", "id")

    def by_urgency(self) -> Self:
        """The next due first; those that stand still last."""
        return self.order_by(F("due_at").asc(nulls_last=True), "id")


class Clock(models.Model):
    """One deadline of one subject (SPEC C6, contract 1). `part_id` tells promises of one subject apart, else 0.

    Time is kept in the policy's own unit: `used` until `counted_from`, and since then the calendar tells. While it
    stands still, `counted_from` and `due_at` are empty. A breach is kept in `breached_at` and never taken back.
    `stint_from` and `stint_used` say since when, and at how much used time, the present holder has it (contract 12).
    `round` counts anew each time a clock of the same episode runs again, `restarts` how often it began afresh in time.
    """

    class State(models.TextChoices):
        RUNNING = "running", _("running")
        PAUSED = "paused", _("paused")
        MET = "met", _("met")
        CANCELLED = "cancelled", _("dropped")

    LIVE = (State.RUNNING, State.PAUSED)

    subject_type = models.CharField(max_length=60)
    subject_id = models.BigIntegerField()
    part_id = models.BigIntegerField(default=0)
    customer_id = models.BigIntegerField(null=True)
    policy = models.ForeignKey(Policy, models.PROTECT, related_name="+", db_index=False)
    calendar = models.ForeignKey(Calendar, models.PROTECT, null=True, related_name="+", db_index=False)
    kind = models.CharField(max_length=40)
    episode = models.PositiveSmallIntegerField(default=1)
    round = models.PositiveSmallIntegerField(default=1)
    state = models.CharField(max_length=10, choices=State, default=State.RUNNING)
    owner = models.ForeignKey(User, models.SET_NULL, null=True, related_name="+", db_index=False)
    team = models.ForeignKey(Team, models.SET_NULL, null=True, related_name="+", db_index=False)
    department = models.ForeignKey(Department, models.SET_NULL, null=True, related_name="+", db_index=False)
    started_at = models.DateTimeField()
    counted_from = models.DateTimeField(null=True)
    used = models.DurationField(default=timedelta)
    allowance = models.DurationField()
    due_at = models.DateTimeField(null=True)
    next_ring_at = models.DateTimeField(null=True)
    stint_from = models.DateTimeField(null=True)
    stint_used = models.DurationField(default=timedelta)
    rungs_climbed = models.PositiveSmallIntegerField(default=0)
    restarts = models.PositiveIntegerField(default=0)
    replanned_at = models.DateTimeField(null=True)
    breached_at = models.DateTimeField(null=True)
    ended_at = models.DateTimeField(null=True)

    objects = ClockQuerySet.as_manager()

    class Meta:
        indexes = [
            models.Index(fields=["next_ring_at", "id"], name="clock_ring", condition=Q(next_ring_at__isnull=False)),
            models.Index(fields=["owner", "due_at"], name="clock_owner", condition=Q(state="running")),
            models.Index(fields=["team", "due_at"], name="clock_team", condition=Q(state="running")),
            models.Index(fields=["department", "due_at"], name="clock_department", condition=Q(state="running")),
            models.Index(fields=["breached_at"], name="clock_breached", condition=Q(breached_at__isnull=False)),
        ]
        constraints = [
            models.UniqueConstraint(
                fields=["subject_type", "subject_id", "kind", "part_id", "episode", "round"], name="clock_once"
            ),
            models.UniqueConstraint(
                fields=["subject_type", "subject_id", "kind", "part_id"],
                condition=Q(state__in=["running", "paused"]),
                name="clock_one_live",
            ),
            models.CheckConstraint(
                condition=Q(state="running", counted_from__isnull=False, due_at__isnull=False, ended_at=None)
                | Q(state="paused", counted_from=None, due_at=None, ended_at=None)
                | Q(state__in=["met", "cancelled"], ended_at__isnull=False, next_ring_at=None),
                name="clock_state_has_times",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.kind} of {self.subject_type} {self.subject_id}/{self.episode}"

    @property
    def is_running(self) -> bool:
        return self.state == self.State.RUNNING

    @property
    def is_live(self) -> bool:
        return self.state in self.LIVE
