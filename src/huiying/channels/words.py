"""Writing words down: messages in and out, with their files, and the deliveries that carry them."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime

from django.conf import settings
from django.core.files.base import ContentFile
from django.db import models
from django.template.defaultfilters import filesizeformat
from django.utils.translation import gettext_lazy as _

from huiying.channels.file_types import content_type_of
from huiying.channels.models import Attachment, Delivery, Message
from huiying.kit.guards import BadInput


@dataclass(frozen=True, kw_only=True)
class Upload:
    """A file as it came in; its own name is only shown, never used as a place."""

    name: str
    content: bytes
    content_id: str = ""


@dataclass(frozen=True, kw_only=True)
class Words:
    """What was said, and how: the part of a message that does not depend on what it is about."""

    text: str
    channel: str
    html: str = ""
    uploads: Sequence[Upload] = ()
    header_id: str = ""
    in_reply_to: str = ""
    is_automatic: bool = False


def write_down(
    words: Words,
    *,
    about: models.Model,
    direction: str,
    author_name: str,
    author_id: int | None = None,
    at: datetime,
) -> Message:
    """Store the words and their files. Raises BadInput when a file is larger than the limit."""
    for upload in words.uploads:
        ensure_not_too_large(upload.name, len(upload.content))
    message = Message.objects.create(
        subject_type=about._meta.label_lower,
        subject_id=about.pk,
        customer_id=getattr(about, "concerns_customer_id", None),
        direction=direction,
        channel=words.channel,
        at=at,
        author_id=author_id,
        author_name=author_name,
        text=words.text,
        html=words.html,
        is_automatic=words.is_automatic,
        header_id=words.header_id,
        in_reply_to=words.in_reply_to,
    )
    for upload in words.uploads:
        attach(upload, message)
    return message


def attach(upload: Upload, message: Message) -> Attachment:
    """Keep one file with the message under a random name."""
    return Attachment.objects.create(
        message=message,
        file=ContentFile(upload.content, name="upload"),
        name=upload.name[-255:] or str(_("unnamed")),
        content_type=content_type_of(upload.content, upload.name),
        size=len(upload.content),
        sha256=hashlib.sha256(upload.content).hexdigest(),
        content_id=upload.content_id[:255],
    )


def copy_to(about: models.Model, message: Message) -> Message:
    """Keep the same words about something else, too; the files are the same, their bytes are kept once.

    Answers by e-mail are found by the original's header, so the copy has none.
    """
    copy = Message.objects.create(
        subject_type=about._meta.label_lower,
        subject_id=about.pk,
        customer_id=getattr(about, "concerns_customer_id", None),
        direction=message.direction,
        channel=message.channel,
        at=message.at,
        author_id=message.author_id,
        author_name=message.author_name,
        text=message.text,
        html=message.html,
        is_automatic=message.is_automatic,
    )
    for file in message.attachments.all():
        file.pk, file.message = None, copy
        file.save(force_insert=True)
    return copy


def deliver_later(message: Message, *, over: str, to: Iterable[str], at: datetime) -> None:
    """Leave one delivery for each recipient; the heartbeat sends them (never inside a transaction)."""
    Delivery.objects.bulk_create(
        [Delivery(message=message, channel=over, recipient=recipient, next_try_at=at) for recipient in to]
    )


def ensure_not_too_large(name: str, size: int) -> None:
    if size > settings.ATTACHMENT_LIMIT:
        raise BadInput(
            _("“{name}” is larger than {limit}. Please send a smaller file; everything else was kept.").format(
                name=name, limit=filesizeformat(settings.ATTACHMENT_LIMIT)
            ),
            field="attachments",
        )
