from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _

from huiying.staff.models import User

from .case import Case


class Note(models.Model):
    """Words among ourselves. No customer ever sees one (SPEC K4)."""

    case = models.ForeignKey(Case, models.PROTECT, related_name="notes")
    text = models.TextField(_("note"))
    author = models.ForeignKey(User, models.PROTECT, null=True, related_name="+")
    at = models.DateTimeField()
    mentions = models.ManyToManyField(User, blank=True, related_name="+")

    class Meta:
        ordering = ["at", "id"]

    def __str__(self) -> str:
        return self.text[:60]
