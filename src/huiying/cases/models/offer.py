from __future__ import annotations

from decimal import Decimal

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from huiying.staff.models import User

from .case import Case


class Offer(models.Model):
    """One version of a solution (SPEC C8): approved where beyond the limit, then put to the customer."""

    class State(models.TextChoices):
        WAITING = "waiting", _("waiting for approval")
        REFUSED = "refused", _("approval refused")
        OFFERED = "offered", _("put to the customer")
        ACCEPTED = "accepted", pgettext_lazy("offer", "accepted")
        DECLINED = "declined", _("declined")
        SUPERSEDED = "superseded", _("replaced by a later version")

    case = models.ForeignKey(Case, models.PROTECT, related_name="offers")
    episode = models.PositiveSmallIntegerField()
    version = models.PositiveSmallIntegerField(_("version"))
    state = models.CharField(max_length=10, choices=State)
    text = models.TextField(_("solution"))
    improvement = models.TextField(_("improvement promised"), blank=True)
    aftercare = models.TextField(_("after-care"), blank=True)
    valid_until = models.DateTimeField(_("valid until"), null=True, blank=True)
    amount = models.DecimalField(_("amount"), max_digits=12, decimal_places=2, default=Decimal(0))
    made_by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+")
    made_at = models.DateTimeField()
    offered_at = models.DateTimeField(null=True, blank=True)
    decided_at = models.DateTimeField(null=True, blank=True)
    decision_comment = models.TextField(blank=True)

    class Meta:
        ordering = ["version"]
        constraints = [
            models.UniqueConstraint(fields=["case", "version"], name="offer_version_once"),
            models.UniqueConstraint(
                fields=["case"], condition=Q(state__in=["waiting", "offered"]), name="offer_one_pending"
            ),
            models.CheckConstraint(condition=Q(amount__gte=0), name="offer_amount_not_negative"),
        ]

    def __str__(self) -> str:
        return f"{self.case_id} v{self.version}"


class Remedy(models.Model):
    """One thing given: money, goods or work. `amount` is its cost to us in the installation's currency."""

    class Kind(models.TextChoices):
        REFUND = "refund", _("refund")
        RETURN = "return", _("return of goods")
        EXCHANGE = "exchange", _("exchange")
        RESEND = "resend", _("resend")
        REPAIR = "repair", _("repair")
        EXTENSION = "extension", _("service extension")
        COUPON = "coupon", _("coupon")
        POINTS = "points", _("points")
        APOLOGY = "apology", _("apology letter")
        OTHER = "other", _("other")

    offer = models.ForeignKey(Offer, models.CASCADE, related_name="remedies")
    kind = models.CharField(_("kind"), max_length=10, choices=Kind)
    amount = models.DecimalField(_("amount"), max_digits=12, decimal_places=2, default=Decimal(0))
    detail = models.CharField(_("detail"), max_length=200, blank=True)

    class Meta:
        ordering = ["id"]
        constraints = [models.CheckConstraint(condition=Q(amount__gte=0), name="remedy_amount_not_negative")]

    def __str__(self) -> str:
        return f"{self.get_kind_display()} {self.amount}"
