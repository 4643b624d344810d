from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from huiying.staff.models import User

from .customer import Customer


class Block(models.TextChoices):
    """A part of the archive that is kept true on its own (SPEC A5)."""

    BASICS = "basics", _("basic facts")
    CONTACTS = "contacts", pgettext_lazy("part of the archive", "contacts")
    REQUIREMENTS = "requirements", _("decision-maker and requirements")
    PREFERENCES = "preferences", _("preferences")
    ORDERS = "orders", pgettext_lazy("part of the archive", "orders")


class Freshness(models.Model):
    """When, and by whom, one part of a customer's archive was last changed or confirmed to be still true.

    A part without a row is as old as the customer's entry in the archive: entering and importing write none.
    """

    customer = models.ForeignKey(Customer, models.CASCADE, related_name="freshness", db_index=False)
    block = models.CharField(max_length=12, choices=Block)
    at = models.DateTimeField()
    by = models.ForeignKey(User, models.SET_NULL, null=True, related_name="+", db_index=False)
    confirmed = models.BooleanField(default=False)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["customer", "block"], name="freshness_once")]

    def __str__(self) -> str:
        return f"{self.customer_id} {self.block} {self.at:%Y-%m-%d}"


class ReviewRule(models.Model):
    """After how many months an archive is to be reviewed (SPEC A5): one row, edited on the settings page."""

    vip = models.PositiveSmallIntegerField(_("VIP, months"), default=3)
    high = models.PositiveSmallIntegerField(_("high value, months"), default=3)
    potential = models.PositiveSmallIntegerField(_("potential, months"), default=6)
    ordinary = models.PositiveSmallIntegerField(_("ordinary, months"), default=6)
    project = models.PositiveSmallIntegerField(_("project under way, months"), default=1)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=models.Q(
                    vip__range=(1, 60),
                    high__range=(1, 60),
                    potential__range=(1, 60),
                    ordinary__range=(1, 60),
                    project__range=(1, 60),
                ),
                name="review_rule_months",
            )
        ]

    def __str__(self) -> str:
        return " / ".join(str(getattr(self, name)) for name in ("vip", "high", "potential", "ordinary", "project"))

    @classmethod
    def current(cls) -> ReviewRule:
        """Return the rule in force; an installation that never changed it has the defaults."""
        return cls.objects.filter(pk=1).first() or cls(pk=1)

    def months(self, tier: str, *, in_project: bool) -> int:
        return min(self.project, getattr(self, tier)) if in_project else int(getattr(self, tier))
