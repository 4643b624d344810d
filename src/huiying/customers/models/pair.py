from __future__ import annotations

from typing import Self

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from huiying.journal.actors import Actor
from huiying.staff.actors import StaffActor
from huiying.staff.models import Scope, User

from .customer import Customer


class PairQuerySet(models.QuerySet["Pair"]):
    def waiting(self) -> Self:
        """Keep those about which nobody has decided, of customers who still stand by themselves."""
        return self.filter(dismissed_at=None, first__merged_into=None, second__merged_into=None)

    def visible_to(self, actor: Actor | None) -> Self:
        """Keep those of which the actor may see both."""
        if isinstance(actor, StaffActor) and actor.customer_scope == Scope.ALL and actor.can("customers.see"):
            return self  # asking for everybody's customers twice would cost, and leave nobody out
        seen = Customer.objects.visible_to(actor)
        return self.filter(first__in=seen, second__in=seen)

    def of(self, customer: Customer) -> Self:
        return self.filter(Q(first=customer) | Q(second=customer))

    def for_list(self) -> Self:
        return self.select_related("first__owner", "second__owner")


class Pair(models.Model):
    """Two customers who may be one, found by the heartbeat (SPEC A7). `reasons` are codes, `strength` their sum.

    Once somebody has said that they are not the same, that is remembered.
    """

    first = models.ForeignKey(Customer, models.CASCADE, related_name="+")
    second = models.ForeignKey(Customer, models.CASCADE, related_name="+")
    reasons = models.JSONField(_("evidence"), default=list)
    strength = models.PositiveSmallIntegerField(_("strength"), default=0)
    found_at = models.DateTimeField(_("found"))
    dismissed_at = models.DateTimeField(null=True)
    dismissed_by = models.ForeignKey(User, models.SET_NULL, null=True, related_name="+")

    objects = PairQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["first", "second"], name="pair_once"),
            models.CheckConstraint(condition=Q(first__lt=F("second")), name="pair_in_order"),
        ]
        indexes = [models.Index(fields=["-strength", "-id"], condition=Q(dismissed_at=None), name="pair_strongest")]

    def __str__(self) -> str:
        return f"{self.first_id} ~ {self.second_id}"


class NameKey(models.Model):
    """A number by which nearly the same names are found, see `likeness.name_keys`."""

    customer = models.ForeignKey(Customer, models.CASCADE, related_name="+")
    key = models.BigIntegerField(db_index=True)

    def __str__(self) -> str:
        return f"{self.customer_id} {self.key}"


class PairSearch(models.Model):
    """How far the journal has been read in search of customers who changed; one row."""

    last_entry = models.BigIntegerField(default=0)

    def __str__(self) -> str:
        return str(self.last_entry)
