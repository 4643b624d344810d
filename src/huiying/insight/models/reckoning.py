from __future__ import annotations

from datetime import timedelta
from typing import Self

from django.db import models
from django.utils.translation import gettext_lazy as _


class ReckoningQuerySet(models.QuerySet["Reckoning"]):
    def done(self) -> Self:
        return self.filter(state=Reckoning.State.DONE).order_by("-day")


class Reckoning(models.Model):
    """One night's figures: what was fitted on how many, and how good it would have been. One a day.

    `buying` and `spending` hold the fitted parameters, log-likelihood and number of customers, and are empty where
    there were too few; `value_test` and `churn_test` hold what the models would have said a while ago, and what came.
    """

    class State(models.TextChoices):
        WAITING = "waiting", _("waiting")
        RUNNING = "running", _("reckoning")
        DONE = "done", _("done")
        FAILED = "failed", _("stopped")

    STUCK_AFTER = timedelta(minutes=15)

    day = models.DateField(_("day"), unique=True)
    state = models.CharField(max_length=8, choices=State, default=State.WAITING)
    moved_at = models.DateTimeField()
    done_at = models.DateTimeField(null=True)
    seconds = models.FloatField(default=0)
    customers = models.PositiveIntegerField(default=0)
    buyers = models.PositiveIntegerField(default=0)
    repeat_buyers = models.PositiveIntegerField(default=0)
    raised = models.PositiveIntegerField(default=0)
    cleared = models.PositiveIntegerField(default=0)
    buying = models.JSONField(default=dict)
    spending = models.JSONField(default=dict)
    value_test = models.JSONField(default=dict)
    churn_test = models.JSONField(default=dict)
    error = models.TextField(blank=True)

    objects = ReckoningQuerySet.as_manager()

    class Meta:
        ordering = ["-day"]

    def __str__(self) -> str:
        return f"{self.day} {self.state}"

    @property
    def is_at_work(self) -> bool:
        return self.state in (self.State.WAITING, self.State.RUNNING)
