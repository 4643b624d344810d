from __future__ import annotations

from typing import Self

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from huiying.customers.models import Contact, Customer, of_seen_customers
from huiying.journal.actors import Actor
from huiying.staff.models import User


class Means(models.TextChoices):
    """How a contact took place."""

    PHONE = "phone", _("phone")
    VISIT = "visit", _("visit")
    MEETING = "meeting", _("meeting")
    WECHAT = "wechat", _("WeChat")
    WECOM = "wecom", _("WeCom")
    EMAIL = "email", _("e-mail")
    SMS = "sms", _("SMS")
    SYSTEM = "system", _("system message")


class InteractionQuerySet(models.QuerySet["Interaction"]):
    def visible_to(self, actor: Actor | None) -> Self:
        """Keep those of customers whom the actor may see."""
        return of_seen_customers(self, actor)


class Interaction(models.Model):
    """The record of one contact with a customer (SPEC B3): who spoke when, about what, and what comes next.

    `is_hollow` marks what was imported and says nothing; at every other door such a record is refused.
    """

    customer = models.ForeignKey(Customer, models.PROTECT, related_name="interactions", db_index=False)
    contact = models.ForeignKey(
        Contact, models.SET_NULL, null=True, blank=True, related_name="+", verbose_name=_("contact")
    )
    means = models.CharField(_("how"), max_length=8, choices=Means, default=Means.PHONE)
    at = models.DateTimeField(_("when"))
    owner = models.ForeignKey(
        User, models.SET_NULL, null=True, blank=True, related_name="+", verbose_name=_("by whom"), db_index=False
    )
    participants = models.CharField(_("participants"), max_length=200, blank=True)
    content = models.TextField(_("what was spoken of"))
    feedback = models.TextField(_("what the customer said to it"), blank=True)
    next_step = models.CharField(_("next step"), max_length=300, blank=True)
    next_on = models.DateField(_("next step on"), null=True, blank=True)
    external_ref = models.CharField(_("outside number"), max_length=80, blank=True)
    is_hollow = models.BooleanField(_("says nothing"), default=False)
    recorded_at = models.DateTimeField(auto_now_add=True)

    objects = InteractionQuerySet.as_manager()

    class Meta:
        ordering = ["-at", "-id"]
        indexes = [
            models.Index(fields=["customer", "-at"], name="interaction_customer"),
            models.Index(fields=["owner", "-at"], name="interaction_owner"),
        ]
        constraints = [
            models.UniqueConstraint(fields=["external_ref"], condition=~Q(external_ref=""), name="interaction_once"),
        ]

    def __str__(self) -> str:
        return f"{self.get_means_display()} {self.at:%Y-%m-%d}"

    @property
    def words(self) -> str:
        """All that was written down, for comparing and for reading."""
        return "\n".join(line for line in (self.content, self.feedback, self.next_step) if line)

    @property
    def timeline_words(self) -> str:
        return self.words

    @property
    def concerns_customer_id(self) -> int:
        return self.customer_id
