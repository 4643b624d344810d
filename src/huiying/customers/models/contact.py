from __future__ import annotations

from typing import Self

from django.db import models
from django.utils.translation import gettext_lazy as _

from huiying.staff.models import User

from .customer import Customer


class Contact(models.Model):
    """A person to speak with at a customer; a person-customer is their own first contact (SPEC A1).

    Whoever left stays in the archive with `left_on`; `consent_by` wrote the consent down.
    """

    customer = models.ForeignKey(Customer, models.PROTECT, related_name="contacts")
    name = models.CharField(_("name"), max_length=60)
    title = models.CharField(_("title"), max_length=60, blank=True)
    birthday = models.DateField(_("birthday"), null=True, blank=True)
    preferred_channel = models.CharField(_("preferred channel"), max_length=12, blank=True)
    preferred_hours = models.CharField(_("preferred hours"), max_length=60, blank=True)
    do_not_contact = models.BooleanField(_("do not contact"), default=False)
    consent_at = models.DateTimeField(_("consent given"), null=True, blank=True)
    consent_by = models.ForeignKey(User, models.SET_NULL, null=True, blank=True, related_name="+", db_index=False)
    left_on = models.DateField(_("no longer there since"), null=True, blank=True)
    is_main = models.BooleanField(_("main contact"), default=False)

    class Meta:
        ordering = ["-is_main", "id"]
        constraints = [
            models.UniqueConstraint(fields=["customer"], condition=models.Q(is_main=True), name="contact_one_main"),
            models.CheckConstraint(
                condition=models.Q(is_main=False) | models.Q(left_on=None), name="contact_main_is_there"
            ),
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def concerns_customer_id(self) -> int:
        return self.customer_id


class ReachQuerySet(models.QuerySet["Reach"]):
    def phones(self) -> Self:
        return self.filter(kind=Reach.Kind.PHONE)


class Reach(models.Model):
    """One way to reach a contact: a phone number, an e-mail address, a WeChat name. `key` is how it is compared."""

    class Kind(models.TextChoices):
        PHONE = "phone", _("phone")
        EMAIL = "email", _("e-mail")
        WECHAT = "wechat", _("WeChat")

    contact = models.ForeignKey(Contact, models.CASCADE, related_name="reaches", db_index=False)
    customer = models.ForeignKey(Customer, models.PROTECT, related_name="reaches", db_index=False)
    kind = models.CharField(max_length=8, choices=Kind)
    value = models.CharField(max_length=254)
    key = models.CharField(max_length=254)
    reversed_key = models.CharField(max_length=254)

    objects = ReachQuerySet.as_manager()

    class Meta:
        ordering = ["id"]
        indexes = [
            models.Index(fields=["kind", "key"], name="reach_key"),
            models.Index(fields=["reversed_key"], name="reach_ending"),
            models.Index(fields=["customer"], name="reach_customer"),
        ]
        constraints = [models.UniqueConstraint(fields=["contact", "kind", "key"], name="reach_once")]

    def __str__(self) -> str:
        return self.value
