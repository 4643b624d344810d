from __future__ import annotations

from typing import Self

from django.db import models
from django.utils.translation import gettext_lazy as _

from .endpoint import Channel


class MessageQuerySet(models.QuerySet["Message"]):
    def about(self, subject: models.Model) -> Self:
        return self.filter(subject_type=subject._meta.label_lower, subject_id=subject.pk)

    def in_order(self) -> Self:
        return self.order_by("at", "id")

    def for_timeline(self) -> Self:
        """Fetch what a timeline shows, in two look-ups; `undelivered` says whether the sending was given up."""
        from .delivery import Delivery

        failed = Delivery.objects.filter(message=models.OuterRef("pk"), state=Delivery.State.FAILED)
        return (
            self.defer("html", "header_id", "in_reply_to")
            .prefetch_related("attachments")
            .annotate(undelivered=models.Exists(failed))
        )


class Message(models.Model):
    """Words between us and a customer, in or out. What staff say among themselves is a note, never a message.

    `is_automatic` marks acknowledgements and auto-replies: they answer nobody (SPEC C6, clock contract 5).
    """

    class Direction(models.TextChoices):
        IN = "in", _("from the customer")
        OUT = "out", _("to the customer")

    subject_type = models.CharField(max_length=60)
    subject_id = models.BigIntegerField()
    customer_id = models.BigIntegerField(null=True)
    direction = models.CharField(max_length=3, choices=Direction)
    channel = models.CharField(max_length=12, choices=Channel)
    at = models.DateTimeField()
    author_id = models.BigIntegerField(null=True)
    author_name = models.CharField(max_length=150, blank=True)
    text = models.TextField(blank=True)
    html = models.TextField(blank=True)
    is_automatic = models.BooleanField(default=False)
    header_id = models.CharField(max_length=255, blank=True, db_index=True)
    in_reply_to = models.CharField(max_length=255, blank=True)

    undelivered: bool  # as `for_timeline` found it

    objects = MessageQuerySet.as_manager()

    class Meta:
        indexes = [
            models.Index(fields=["subject_type", "subject_id", "id"], name="message_subject"),
            models.Index(fields=["customer_id", "at", "id"], name="message_customer"),
        ]

    def __str__(self) -> str:
        return f"{self.direction} {self.channel} {self.at:%Y-%m-%d %H:%M}"

    @property
    def concerns_customer_id(self) -> int | None:
        return self.customer_id

    @property
    def is_outgoing(self) -> bool:
        return self.direction == self.Direction.OUT
