from __future__ import annotations

from django.core.validators import MaxValueValidator
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from huiying.customers.models import Contact, Customer


class Occasion(models.Model):
    """A birthday or anniversary of which the account manager was told; each once (SPEC A9)."""

    class Kind(models.TextChoices):
        BIRTHDAY = "birthday", _("birthday")
        ANNIVERSARY = "anniversary", _("anniversary of cooperation")

    customer = models.ForeignKey(Customer, models.PROTECT, related_name="occasions")
    contact = models.ForeignKey(Contact, models.SET_NULL, null=True, related_name="+")
    key = models.CharField(max_length=40, help_text="whose occasion of which year")
    kind = models.CharField(max_length=12, choices=Kind)
    day = models.DateField()
    told_at = models.DateTimeField()

    class Meta:
        ordering = ["-day", "-id"]
        constraints = [models.UniqueConstraint(fields=["key"], name="occasion_once")]

    def __str__(self) -> str:
        return f"{self.get_kind_display()} {self.day}"

    @property
    def concerns_customer_id(self) -> int:
        return self.customer_id


class OccasionTerms(models.Model):
    """How many days ahead account managers are told; one row, edited on the settings page."""

    days = models.PositiveSmallIntegerField(
        _("days ahead that the account manager is told"), default=3, validators=[MaxValueValidator(30)]
    )

    class Meta:
        constraints = [models.CheckConstraint(condition=Q(pk=1), name="occasion_terms_one_row")]

    def __str__(self) -> str:
        return str(_("occasions"))

    @classmethod
    def now(cls) -> OccasionTerms:
        return cls.objects.filter(pk=1).first() or cls(pk=1)
