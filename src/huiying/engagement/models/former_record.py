from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _

from huiying.journal.actors import Actor
from huiying.staff.models import User

from .interaction import Interaction, Means


class FormerRecordQuerySet(models.QuerySet["FormerRecord"]):
    def visible_to(self, actor: Actor | None) -> FormerRecordQuerySet:
        return self.filter(interaction__in=Interaction.objects.visible_to(actor))


class FormerRecord(models.Model):
    """How a record of contact read before somebody corrected it: words that the journal never holds."""

    interaction = models.ForeignKey(Interaction, models.CASCADE, related_name="former")
    means = models.CharField(max_length=8, choices=Means)
    at = models.DateTimeField()
    participants = models.CharField(max_length=200, blank=True)
    content = models.TextField(_("what was spoken of"))
    feedback = models.TextField(blank=True)
    next_step = models.CharField(max_length=300, blank=True)
    next_on = models.DateField(null=True, blank=True)
    replaced_at = models.DateTimeField()
    replaced_by = models.ForeignKey(User, models.SET_NULL, null=True, related_name="+")

    objects = FormerRecordQuerySet.as_manager()

    class Meta:
        ordering = ["-id"]

    def __str__(self) -> str:
        return f"{self.interaction_id} – {self.replaced_at:%Y-%m-%d %H:%M}"
