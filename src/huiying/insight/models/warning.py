from __future__ import annotations

from typing import Any, Self

from django.db import models
from django.db.models import Exists, OuterRef, Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from huiying.cases.models import Recusal
from huiying.customers.models import Customer
from huiying.journal.actors import Actor


class Signal(models.TextChoices):
    """What says that a customer may leave; each is measured by their own habit."""

    SILENCE = "silence", _("no order")
    ACTIVITY = "activity", _("falling activity")
    SCORES = "scores", _("low scores")
    COMPLAINTS = "complaints", _("complaints")
    PLANS = "plans", _("missed plans")


class WarningQuerySet(models.QuerySet["ChurnWarning"]):
    def visible_to(self, actor: Actor | None) -> Self:
        """Keep those of customers whom the actor may see; `names_reader` marks whom the actor may not hear complain."""
        seen = self.filter(customer__in=Customer.objects.visible_to(actor).current())
        if actor is None:
            return seen
        naming = Recusal.objects.standing().filter(user=actor.pk or 0, case__customer=OuterRef("customer"))
        return seen.annotate(names_reader=Exists(naming))

    def standing(self) -> Self:
        return self.filter(ended_at=None)

    def for_list(self) -> Self:
        return self.select_related("customer__owner").prefetch_related("plays__owner", "plays__steps")


class ChurnWarning(models.Model):
    """A customer who may leave (SPEC B5): raised by the nightly reckoning, ended by it, by a play or by hand.

    `reasons` are codes with facts, put into words when read. `value_at_risk` is what the customer should bring in the
    coming year, or brought in the last one where nothing can be foreseen.
    """

    class End(models.TextChoices):
        VANISHED = "vanished", _("the signals are gone")
        WON_BACK = "won", _("won back")
        LOST = "lost", _("lost")
        FALSE_ALARM = "false", _("false alarm")

    customer = models.ForeignKey(Customer, models.PROTECT, related_name="churn_warnings", db_index=False)
    risk = models.PositiveSmallIntegerField(_("risk"))
    reasons = models.JSONField(default=list)
    value_at_risk = models.DecimalField(_("value at risk"), max_digits=16, decimal_places=2, null=True)
    raised_on = models.DateField(_("raised"))
    raised_at = models.DateTimeField()
    renewed_on = models.DateField(_("as of"))
    ended_at = models.DateTimeField(null=True)
    end = models.CharField(_("what became of it"), max_length=8, choices=End, blank=True)
    terms_version = models.PositiveIntegerField()

    objects = WarningQuerySet.as_manager()

    class Meta:
        ordering = ["-risk", "-id"]
        indexes = [
            models.Index(fields=["-risk", "-id"], name="warning_standing", condition=Q(ended_at=None)),
            models.Index(fields=["customer", "-id"], name="warning_customer"),
        ]
        constraints = [
            models.UniqueConstraint(fields=["customer"], condition=Q(ended_at=None), name="warning_one_standing"),
            models.CheckConstraint(
                condition=Q(ended_at=None, end="") | Q(ended_at__isnull=False) & ~Q(end=""), name="warning_end_is_said"
            ),
            models.CheckConstraint(condition=Q(risk__lte=100), name="warning_risk_on_100"),
        ]

    def __str__(self) -> str:
        return str(_("churn risk %(risk)s") % {"risk": self.risk})

    def get_absolute_url(self) -> str:
        return reverse("insight:warning", args=[self.pk])

    @property
    def concerns_customer_id(self) -> int:
        return self.customer_id

    @property
    def known_reasons(self) -> list[dict[str, Any]]:
        """What the reader for whom it was fetched may know of: no complaint that names them (SPEC C15)."""
        if not getattr(self, "names_reader", False):
            return list(self.reasons)
        return [reason for reason in self.reasons if reason.get("signal") != Signal.COMPLAINTS]

    @property
    def is_standing(self) -> bool:
        return self.ended_at is None
