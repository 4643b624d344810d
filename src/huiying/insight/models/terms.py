from __future__ import annotations

from decimal import Decimal

from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from huiying.staff.models import User


def between(least: int, most: int) -> list[MinValueValidator | MaxValueValidator]:
    return [MinValueValidator(least), MaxValueValidator(most)]


class Terms(models.Model):
    """What value and churn are reckoned by (SPEC B5, B6). Each change is a further version; the newest holds.

    Weights are points of 100 that a signal at full strength adds to the risk.
    """

    version = models.PositiveIntegerField(unique=True)
    months = models.PositiveSmallIntegerField(_("horizon in months"), default=12, validators=between(1, 60))
    yearly_rate = models.DecimalField(
        _("discount rate a year, in percent"),
        max_digits=5,
        decimal_places=2,
        default=Decimal(8),
        validators=between(0, 100),
    )
    fewest_buyers = models.PositiveIntegerField(
        _("repeat buyers needed for a forecast"), default=100, validators=between(30, 100_000)
    )
    high_from = models.PositiveSmallIntegerField(_("a score is high from"), default=4, validators=between(2, 5))
    hour = models.PositiveSmallIntegerField(
        _("reckoned each night from, o'clock"), default=2, validators=between(0, 23)
    )
    silence = models.PositiveSmallIntegerField(_("weight: no order"), default=50, validators=between(0, 100))
    activity = models.PositiveSmallIntegerField(_("weight: falling activity"), default=25, validators=between(0, 100))
    scores = models.PositiveSmallIntegerField(_("weight: low scores"), default=25, validators=between(0, 100))
    complaints = models.PositiveSmallIntegerField(_("weight: complaints"), default=30, validators=between(0, 100))
    plans = models.PositiveSmallIntegerField(_("weight: missed plans"), default=20, validators=between(0, 100))
    usual_share = models.PositiveSmallIntegerField(
        _("longer than this share of their own intervals, in percent"), default=90, validators=between(50, 100)
    )
    alive_below = models.PositiveSmallIntegerField(
        _("or chance that they still buy below, in percent"), default=30, validators=between(0, 90)
    )
    activity_below = models.PositiveSmallIntegerField(
        _("activity below this share of their usual, in percent"), default=50, validators=between(10, 90)
    )
    score_below = models.PositiveSmallIntegerField(_("score below"), default=80, validators=between(1, 100))
    complaints_from = models.PositiveSmallIntegerField(
        _("repeated from so many complaints in half a year"), default=2, validators=between(2, 20)
    )
    plans_from = models.PositiveSmallIntegerField(
        _("missed planned contacts in a quarter"), default=2, validators=between(1, 20)
    )
    warn_from = models.PositiveSmallIntegerField(_("warned from this risk"), default=50, validators=between(10, 100))
    clear_below = models.PositiveSmallIntegerField(
        _("settled by itself below this risk"), default=35, validators=between(1, 99)
    )
    rest_days = models.PositiveSmallIntegerField(
        _("days of rest after a false alarm"), default=60, validators=between(0, 365)
    )
    made_at = models.DateTimeField()
    made_by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+")

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(clear_below__lte=models.F("warn_from")), name="terms_clear_below_warn"),
        ]

    def __str__(self) -> str:
        return str(self.version)
