"""One message to many customers, and what became of it for each (SPEC B2)."""

from __future__ import annotations

from datetime import time
from typing import Self

from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from huiying.channels.models import Message
from huiying.customers.models import Contact, Customer, of_seen_customers
from huiying.journal.actors import Actor
from huiying.staff.models import User

from .interaction import Means
from .template import SENT_BY, Template


class MailingRules(models.Model):
    """One row: how often and when customers may be written to in the mass."""

    rest_days = models.PositiveSmallIntegerField(
        _("days between two mass messages to one contact"),
        default=14,
        validators=[MinValueValidator(1), MaxValueValidator(365)],
    )
    quiet_from = models.TimeField(_("quiet from"), default=time(20, 0))
    quiet_until = models.TimeField(_("quiet until"), default=time(9, 0))
    asks_consent = models.BooleanField(_("only to contacts who gave consent"), default=True)
    held_days = models.PositiveSmallIntegerField(
        _("days to wait for the end of a complaint"),
        default=7,
        validators=[MaxValueValidator(60)],
    )

    class Meta:
        constraints = [models.CheckConstraint(condition=Q(pk=1), name="mailing_rules_once")]

    def __str__(self) -> str:
        return str(self.rest_days)

    @classmethod
    def now(cls) -> Self:
        return cls.objects.filter(pk=1).first() or cls(pk=1)


class MailingQuerySet(models.QuerySet["Mailing"]):
    def under_way(self) -> Self:
        return self.filter(state__in=["filling", "sending", "paused"])


class Mailing(models.Model):
    """`chosen` holds the filters or the customers' keys; `filled_to` how far recipients are written down."""

    class State(models.TextChoices):
        DRAFT = "draft", pgettext_lazy("mailing", "draft")
        FILLING = "filling", pgettext_lazy("mailing", "scheduled")
        SENDING = "sending", pgettext_lazy("mailing", "sending")
        PAUSED = "paused", pgettext_lazy("mailing", "paused")
        CANCELLED = "cancelled", pgettext_lazy("mailing", "cancelled")
        DONE = "done", pgettext_lazy("mailing", "done")

    name = models.CharField(_("name"), max_length=80)
    means = models.CharField(_("how"), max_length=8, choices=SENT_BY)
    template = models.ForeignKey(Template, models.SET_NULL, null=True, blank=True, related_name="+")
    product = models.CharField(max_length=120, blank=True)
    subject = models.CharField(_("subject"), max_length=120, blank=True)
    text = models.TextField(_("text"), max_length=5000)
    chosen = models.JSONField(default=dict, blank=True)
    state = models.CharField(max_length=10, choices=State, default=State.DRAFT)
    made_by = models.ForeignKey(User, models.PROTECT, related_name="+")
    made_at = models.DateTimeField()
    starts_at = models.DateTimeField(null=True, blank=True)
    ended_at = models.DateTimeField(null=True, blank=True)
    filled_to = models.BigIntegerField(default=0)

    objects = MailingQuerySet.as_manager()

    class Meta:
        ordering = ["-id"]
        indexes = [
            models.Index(fields=["starts_at"], name="mailing_due", condition=Q(state__in=["filling", "sending"])),
        ]

    def __str__(self) -> str:
        return self.name

    def get_absolute_url(self) -> str:
        return reverse("engagement:mailing", args=[self.pk])

    @property
    def is_under_way(self) -> bool:
        return self.state in {self.State.FILLING, self.State.SENDING, self.State.PAUSED}


class RecipientQuerySet(models.QuerySet["Recipient"]):
    def visible_to(self, actor: Actor | None) -> Self:
        return of_seen_customers(self, actor)

    def due(self, now: object) -> Self:
        going = Q(mailing__state=Mailing.State.SENDING, state=Recipient.State.WAITING, due_at__lte=now)
        return self.filter(going).order_by("due_at", "id")


class Recipient(models.Model):
    """One contact of a mailing. No contact and no address stands in it twice, so nobody is written to twice."""

    class State(models.TextChoices):
        WAITING = "waiting", pgettext_lazy("recipient", "waiting")
        SENDING = "sending", pgettext_lazy("recipient", "being sent")
        SENT = "sent", pgettext_lazy("recipient", "sent")
        FAILED = "failed", pgettext_lazy("recipient", "failed")
        SKIPPED = "skipped", pgettext_lazy("recipient", "left out")

    class Reason(models.TextChoices):
        NO_ADDRESS = "address", _("no address")
        OPTED_OUT = "opted_out", _("opted out")
        NO_CONSENT = "consent", _("no consent")
        RECENT = "recent", _("written to lately")
        COMPLAINT = "complaint", _("complaint open")
        INCOMPLETE = "incomplete", _("the text needs what is not known")
        CHANGED = "changed", _("looked after by somebody else by now")
        DOUBLE = "double", _("same address as another")
        CANCELLED = "cancelled", _("cancelled")

    mailing = models.ForeignKey(Mailing, models.CASCADE, related_name="recipients", db_index=False)
    customer = models.ForeignKey(Customer, models.PROTECT, related_name="+")
    contact = models.ForeignKey(Contact, models.SET_NULL, null=True, related_name="+")
    address = models.CharField(max_length=254, blank=True)
    state = models.CharField(max_length=8, choices=State, default=State.WAITING)
    reason = models.CharField(max_length=10, choices=Reason, blank=True)
    error = models.CharField(max_length=500, blank=True)
    message = models.ForeignKey(Message, models.SET_NULL, null=True, related_name="+")
    attempts = models.PositiveSmallIntegerField(default=0)
    due_at = models.DateTimeField()
    claimed_at = models.DateTimeField(null=True)
    sent_at = models.DateTimeField(null=True)

    objects = RecipientQuerySet.as_manager()

    class Meta:
        indexes = [
            models.Index(fields=["mailing", "state", "id"], name="recipient_state"),
            models.Index(fields=["due_at", "id"], name="recipient_due_now", condition=Q(state="waiting")),
            models.Index(fields=["claimed_at"], name="recipient_claimed", condition=Q(state="sending")),
        ]
        constraints = [
            models.UniqueConstraint(fields=["mailing", "contact"], name="recipient_contact_once"),
            models.UniqueConstraint(
                fields=["mailing", "address"], condition=~Q(address=""), name="recipient_address_once"
            ),
        ]

    def __str__(self) -> str:
        return self.mailing.name

    def get_absolute_url(self) -> str:
        return self.mailing.get_absolute_url()

    @property
    def concerns_customer_id(self) -> int:
        return self.customer_id

    @property
    def headline(self) -> str:
        """The subject line of the mail."""
        from huiying.engagement.queries.recipients import subject_for

        return subject_for(self)

    @property
    def mail_fields(self) -> dict[str, str]:
        """The header fields by which mail programs offer to unsubscribe with one click (RFC 8058)."""
        from huiying.engagement.unsubscribing import link_for

        return {
            "List-Unsubscribe": f"<{link_for(self.contact_id)}>",
            "List-Unsubscribe-Post": "List-Unsubscribe=One-Click",
            "Precedence": "bulk",
        }


class LastMassMessage(models.Model):
    """When a contact was last written to in the mass: claimed by a conditional update before each sending."""

    contact = models.OneToOneField(Contact, models.CASCADE, related_name="last_mass_message")
    at = models.DateTimeField()
    before = models.DateTimeField(null=True)

    def __str__(self) -> str:
        return f"{self.contact_id} {self.at:%Y-%m-%d}"


def means_is_mail(means: str) -> bool:
    return means == Means.EMAIL.value
