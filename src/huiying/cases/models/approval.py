from __future__ import annotations

from django.db import models
from django.db.models import Q

from huiying.staff.models import User

from .offer import Offer


class Approval(models.Model):
    """The asking for, and the giving or refusing of, what an offer needs beyond its maker's limit (SPEC C8)."""

    offer = models.OneToOneField(Offer, models.PROTECT, related_name="approval")
    asked_at = models.DateTimeField()
    decided_by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+")
    decided_at = models.DateTimeField(null=True)
    approved = models.BooleanField(null=True)
    comment = models.TextField(blank=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(approved=None, decided_at=None) | Q(approved__isnull=False, decided_at__isnull=False),
                name="approval_decided_has_time",
            )
        ]

    def __str__(self) -> str:
        return f"{self.offer_id}: {self.state}"

    @property
    def state(self) -> str:
        """One of "pending", "approved", "refused"."""
        return {None: "pending", True: "approved", False: "refused"}[self.approved]
