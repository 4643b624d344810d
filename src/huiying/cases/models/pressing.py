from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _

from huiying.staff.models import User

from .case import Case


class Pressing(models.Model):
    """A leader asks how a case stands and wants to hear (督办, SPEC C16); the owner answers, and a clock watches."""

    case = models.ForeignKey(Case, models.PROTECT, related_name="pressings")
    text = models.TextField(_("what shall be answered"))
    made_by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+")
    made_at = models.DateTimeField()
    answer = models.TextField(_("answer"), blank=True)
    answered_by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+")
    answered_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ["id"]

    def __str__(self) -> str:
        return f"{self.case_id} {self.text[:20]}"
