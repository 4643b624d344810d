from __future__ import annotations

from typing import Self

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from huiying.customers.drafts import Door
from huiying.customers.models import Customer, Status


def doors() -> list[str]:
    return [Door.DESK.value, Door.INTERFACE.value]


def kinds() -> list[str]:
    return list(Customer.Kind.values)


def statuses() -> list[str]:
    return [Status.LEAD.value, Status.INTERESTED.value, Status.ACTIVE.value]


class OnboardingRule(models.Model):
    """Whose onboarding begins by itself when they are entered: one row, edited on the settings page.

    A door, a kind and a status that are not named begin none. With no door at all, every onboarding begins by hand.
    """

    doors = models.JSONField(_("entered how"), default=doors, blank=True)
    kinds = models.JSONField(_("kinds of customers"), default=kinds, blank=True)
    statuses = models.JSONField(_("statuses"), default=statuses, blank=True)
    version = models.PositiveIntegerField(default=1, editable=False)

    class Meta:
        constraints = [models.CheckConstraint(condition=Q(pk=1), name="onboarding_rule_once")]

    def __str__(self) -> str:
        return f"v{self.version}"

    @classmethod
    def now(cls) -> Self:
        """Return the rule in force; an installation that never changed it has the defaults."""
        return cls.objects.filter(pk=1).first() or cls(pk=1)

    def begins(self, customer: Customer, *, door: str) -> bool:
        return door in self.doors and customer.kind in self.kinds and customer.status in self.statuses
