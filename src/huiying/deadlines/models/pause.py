from __future__ import annotations

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from .clock import Clock


class Pause(models.Model):
    """A stretch in which a clock stood still (SPEC C6, contract 8): why, when to follow up, and until when at most."""

    class Reason(models.TextChoices):
        CUSTOMER = "customer", _("waiting for the customer")
        SUPPLIER = "supplier", _("waiting for a supplier or partner")
        TESTING = "testing", _("waiting for a test or appraisal")
        AUTHORITY = "authority", _("waiting for an authority")
        AGREED = "agreed", _("agreed with the customer")
        FORCE_MAJEURE = "force_majeure", _("force majeure")
        POLICY = "policy", _("as the policy says")

    clock = models.ForeignKey(Clock, models.CASCADE, related_name="pauses")
    reason = models.CharField(_("reason"), max_length=16, choices=Reason)
    started_at = models.DateTimeField()
    follow_up_at = models.DateTimeField(_("follow up on"))
    cap_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ["started_at"]
        constraints = [
            models.UniqueConstraint(fields=["clock"], condition=Q(ended_at=None), name="pause_one_open"),
            models.CheckConstraint(
                condition=Q(follow_up_at__gt=F("started_at"), follow_up_at__lte=F("cap_at")), name="pause_follow_up"
            ),
            models.CheckConstraint(
                condition=Q(ended_at=None) | Q(ended_at__gte=F("started_at")), name="pause_ends_after_start"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.clock_id} {self.reason}"
