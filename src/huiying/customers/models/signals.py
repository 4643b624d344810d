"""What others tell us of a customer: survey scores and usage of what they bought, by import or interface (SPEC A3)."""

from __future__ import annotations

from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from .customer import Customer


class Score(models.Model):
    """The result of one survey of the customer, on 100."""

    customer = models.ForeignKey(Customer, models.PROTECT, related_name="scores", db_index=False)
    at = models.DateTimeField(_("answered"))
    points = models.DecimalField(
        pgettext_lazy("score", "points"),
        max_digits=5,
        decimal_places=2,
        validators=[MinValueValidator(0), MaxValueValidator(100)],
    )
    survey = models.CharField(_("survey"), max_length=80, blank=True)
    external_ref = models.CharField(_("outside number"), max_length=80, blank=True)

    class Meta:
        ordering = ["-at", "-id"]
        indexes = [models.Index(fields=["customer", "-at"], name="score_customer")]
        constraints = [
            models.CheckConstraint(condition=Q(points__gte=0, points__lte=100), name="score_on_100"),
            models.UniqueConstraint(fields=["external_ref"], condition=~Q(external_ref=""), name="score_once"),
        ]

    def __str__(self) -> str:
        return f"{self.points:g}"

    @property
    def concerns_customer_id(self) -> int:
        return self.customer_id


class Usage(models.Model):
    """How often the customer used a product on a day, or asked one type of question about it."""

    customer = models.ForeignKey(Customer, models.PROTECT, related_name="usages", db_index=False)
    day = models.DateField(_("day"))
    product = models.CharField(_("product"), max_length=120)
    question = models.CharField(_("type of question"), max_length=60, blank=True)
    times = models.PositiveIntegerField(_("times"), default=1)

    class Meta:
        ordering = ["-day", "-id"]
        constraints = [
            models.UniqueConstraint(fields=["customer", "day", "product", "question"], name="usage_once"),
        ]

    def __str__(self) -> str:
        return f"{self.product} {self.day} {self.times}"

    @property
    def concerns_customer_id(self) -> int:
        return self.customer_id
