"""How customers learn of a new account manager: by tier, and who was introduced to whom (SPEC A9, A10)."""

from __future__ import annotations

from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from huiying.customers.models import Customer, Tier
from huiying.staff.models import User

from .mailing import Recipient
from .planned_contact import PlannedContact
from .template import Template


class IntroductionRule(models.Model):
    """What customers of a tier hear when they are handed over. A tier without a row follows USUAL."""

    class Way(models.TextChoices):
        NONE = "none", pgettext_lazy("introduction", "nothing")
        MESSAGE = "message", _("a message")
        CALL = "call", _("a call by the new account manager")

    USUAL = {Tier.VIP: Way.CALL}

    tier = models.CharField(_("tier"), max_length=12, choices=Tier, unique=True)
    way = models.CharField(_("hears"), max_length=8, choices=Way, default=Way.NONE)
    mail_template = models.ForeignKey(
        Template, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("e-mail template")
    )
    sms_template = models.ForeignKey(
        Template, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("SMS template")
    )
    days = models.PositiveSmallIntegerField(
        _("call within, working days"), default=2, validators=[MinValueValidator(1), MaxValueValidator(30)]
    )

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=~Q(way="message") | Q(mail_template__isnull=False) | Q(sms_template__isnull=False),
                name="introduction_message_has_words",
            )
        ]

    def __str__(self) -> str:
        return f"{self.get_tier_display()}: {self.get_way_display()}"

    @classmethod
    def by_tier(cls) -> dict[str, IntroductionRule]:
        """Return the rule of every tier."""
        known = {rule.tier: rule for rule in cls.objects.select_related("mail_template", "sms_template")}
        usual = {str(tier): cls(tier=tier, way=cls.USUAL.get(tier, cls.Way.NONE)) for tier in Tier}
        return usual | known

    @property
    def templates(self) -> list[Template]:
        return [one for one in (self.mail_template, self.sms_template) if one is not None and one.active]


class Introduction(models.Model):
    """A customer is told of a new account manager: as a recipient of a mailing, or by a call that is planned."""

    customer = models.ForeignKey(Customer, models.CASCADE, related_name="+")
    manager = models.ForeignKey(User, models.PROTECT, related_name="+", db_index=False)
    recipient = models.OneToOneField(Recipient, models.CASCADE, null=True, related_name="introduction")
    planned = models.OneToOneField(PlannedContact, models.CASCADE, null=True, related_name="introduction")
    made_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(recipient=None, planned__isnull=False) | Q(recipient__isnull=False, planned=None),
                name="introduction_in_one_way",
            )
        ]

    def __str__(self) -> str:
        return f"{self.customer_id} ← {self.manager_id}"

    @property
    def concerns_customer_id(self) -> int:
        return self.customer_id
