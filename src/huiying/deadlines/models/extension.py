from __future__ import annotations

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from huiying.deadlines.arithmetic.units import Length
from huiying.staff.models import User

from .clock import Clock


class Extension(models.Model):
    """More time asked for on one clock, which somebody else approves (SPEC C6, presets).

    The length is counted in the clock's own unit, on from the moment it was due. `told` are the words with which the
    customer learns of it once it is approved.
    """

    class State(models.TextChoices):
        WAITING = "waiting", _("waiting for approval")
        APPROVED = "approved", _("approved")
        REFUSED = "refused", _("refused")

    clock = models.ForeignKey(Clock, models.CASCADE, related_name="extensions")
    minutes = models.PositiveIntegerField(default=0)
    days = models.PositiveSmallIntegerField(default=0)
    reason = models.TextField(_("reason"))
    told = models.TextField(_("what the customer is told"), blank=True)
    state = models.CharField(max_length=8, choices=State, default=State.WAITING)
    asked_by = models.ForeignKey(User, models.PROTECT, related_name="+")
    asked_at = models.DateTimeField()
    decided_by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+")
    decided_at = models.DateTimeField(null=True)
    comment = models.TextField(_("comment"), blank=True)
    due_before = models.DateTimeField(null=True)
    due_after = models.DateTimeField(null=True)

    class Meta:
        ordering = ["id"]
        indexes = [models.Index(fields=["asked_at"], name="extension_waiting", condition=Q(state="waiting"))]
        constraints = [
            models.UniqueConstraint(fields=["clock"], condition=Q(state="waiting"), name="extension_one_waiting"),
            models.CheckConstraint(
                condition=Q(minutes__gt=0, days=0) | Q(minutes=0, days__gt=0), name="extension_one_length"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.clock_id} +{self.length.code}"

    @property
    def length(self) -> Length:
        return Length(minutes=self.minutes, days=self.days)
