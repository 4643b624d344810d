from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _

from .case import Case


class Listening(models.Model):
    """That the three steps of listening were done when the case was taken down (SPEC C3)."""

    case = models.OneToOneField(Case, models.CASCADE, related_name="listening")
    read_back = models.BooleanField(_("read back and confirmed by the customer"), default=False)
    understanding = models.BooleanField(_("understanding expressed"), default=False)
    words = models.CharField(_("words of understanding"), max_length=300, blank=True)

    def __str__(self) -> str:
        return f"{self.case_id}"


class Promise(models.Model):
    """What was promised to the customer and by when; it has a clock and the customer's page shows it (SPEC C3, C6)."""

    case = models.ForeignKey(Case, models.PROTECT, related_name="promises")
    text = models.CharField(_("promise"), max_length=200)
    due_at = models.DateTimeField(_("by when"))
    made_by = models.ForeignKey("staff.User", models.PROTECT, null=True, related_name="+")
    made_at = models.DateTimeField()
    kept_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["due_at", "id"]

    def __str__(self) -> str:
        return self.text

    @property
    def concerns_customer_id(self) -> int | None:
        return self.case.customer_id
