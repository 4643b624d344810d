"""A message of ours as a mail: in its thread, with a token that leads the answer back."""

from __future__ import annotations

from email.headerregistry import Address
from email.message import EmailMessage
from email.utils import format_datetime

from django.apps import apps
from django.conf import settings
from django.db import models

from huiying.channels.adapters.mail.writing import SEVEN_BIT
from huiying.channels.mailboxes import sender, tagged
from huiying.channels.models import Attachment, Message
from huiying.channels.reply_tokens import token_for
from huiying.kit.text import shortened

LONGEST_THREAD = 20


def header_id_of(message: Message) -> str:
    """Return the Message-ID of a message of ours: the same at each try, and it names what the message is about."""
    domain = sender()[1].rpartition("@")[2]
    return f"{token_for(message.subject_type, message.subject_id)}.{message.pk}@{domain}"


def compose(message: Message, *, recipient: str) -> EmailMessage:
    """Return the mail, ready to send. Raises ValueError for a recipient that is no address."""
    name, address = sender()
    mail = EmailMessage(policy=SEVEN_BIT)
    mail["From"] = Address(name, addr_spec=address)
    mail["To"] = Address(addr_spec=recipient)
    subject = subject_of(message)
    mail["Subject"] = subject_line(subject)
    mail["Date"] = format_datetime(message.at)
    mail["Message-ID"] = f"<{header_id_of(message)}>"
    if settings.MAIL_REPLY_TAGS:
        token = token_for(message.subject_type, message.subject_id)
        mail["Reply-To"] = Address(name, addr_spec=tagged(address, token))
    add_thread(mail, message)
    if message.is_automatic:
        mail["Auto-Submitted"] = "auto-replied"
        mail["X-Auto-Response-Suppress"] = "All"
    for name, value in getattr(subject, "mail_fields", {}).items():
        mail[name] = value
    mail.set_content(message.text)
    if message.html:
        mail.add_alternative(message.html, subtype="html")
    for attachment in message.attachments.all():
        enclose(mail, attachment)
    return mail


def subject_of(message: Message) -> models.Model | None:
    """Return what the message is about. It may have `mail_fields` of its own, such as the way to unsubscribe."""
    rows = apps.get_model(message.subject_type)._base_manager.filter(pk=message.subject_id)
    found: models.Model | None = rows.first()
    return found


def subject_line(subject: models.Model | None) -> str:
    """Return what the subject calls itself, such as “[C2026-000017] …”, on one line."""
    return shortened(getattr(subject, "headline", str(subject or "")), 180)


def add_thread(mail: EmailMessage, message: Message) -> None:
    """Let mail programs show the mail below what it answers."""
    earlier = Message.objects.filter(
        subject_type=message.subject_type, subject_id=message.subject_id, id__lt=message.pk
    ).exclude(header_id="")
    newest = list(earlier.order_by("-id")[:LONGEST_THREAD])
    heard = [one.header_id for one in newest if not one.is_outgoing]
    if heard:
        mail["In-Reply-To"] = f"<{heard[0]}>"
    if newest:
        mail["References"] = " ".join(f"<{one.header_id}>" for one in reversed(newest))


def enclose(mail: EmailMessage, attachment: Attachment) -> None:
    kind, _slash, subkind = attachment.content_type.partition("/")
    with attachment.file.open("rb") as file:
        mail.add_attachment(file.read(), maintype=kind, subtype=subkind, filename=attachment.name)
