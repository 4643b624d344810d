"""What a mail says, once read: plain values that no later step has to decode again."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from django.db import models
from django.utils.translation import gettext_lazy as _


class Oddity(models.TextChoices):
    """What had to be repaired while reading, so that a handler can judge what is shown."""

    LINE_ENDS = "line-ends", _("The line ends were broken.")
    HEAD = "head", _("Lines that are no header fields stood among the header fields.")
    NO_HEAD = "no-head", _("The mail has no header fields.")
    CHARSET = "charset", _("The character set was missing or wrong and was guessed.")
    BROKEN_TEXT = "broken-text", _("Some characters could not be read.")
    ENCODING = "encoding", _("A part was not encoded as it claims.")
    SENDER = "sender", _("The sender's address is malformed.")
    DATE = "date", _("The date is missing or malformed.")
    STRUCTURE = "structure", _("The parts of the mail are not separated as announced.")
    TOO_MANY_PARTS = (
        "too-many-parts",
        _("The mail has too many parts; the last are only in the original."),
    )
    TOO_LONG_TEXT = "too-long-text", _("The text was too long and was cut; the original is complete.")
    REMOTE_CONTENT = "remote-content", _("Pictures from other servers were left out.")
    TNEF = "tnef", _("A winmail.dat could not be unpacked and is attached as it came.")


class Refusal(models.TextChoices):
    """Why a mail could not be read at all."""

    EMPTY = "empty", _("The mail is empty.")
    TOO_NESTED = "too-nested", _("The mail is packed into itself too many times to be read.")
    BROKEN = "broken", _("The structure of the mail is too damaged to be read.")


@dataclass(frozen=True)
class Address:
    """One mailbox: a name to greet and an address to answer."""

    name: str
    email: str


@dataclass(frozen=True, kw_only=True)
class Enclosure:
    """A file that came with a letter; `inline` when the text shows it by its `content_id`."""

    name: str
    content_type: str
    content: bytes
    inline: bool = False
    content_id: str = ""


@dataclass(frozen=True, kw_only=True)
class Letter:
    """A mail that was read. Identifiers carry no angle brackets; `sent_at` is aware or None."""

    message_id: str
    in_reply_to: str
    references: tuple[str, ...]
    from_name: str
    from_email: str
    to: tuple[Address, ...]
    cc: tuple[Address, ...]
    reply_to: tuple[Address, ...]
    subject: str
    sent_at: datetime | None
    body_text: str
    body_html: str
    reply_text: str
    attachments: tuple[Enclosure, ...]
    auto_reply: bool
    bulk: bool
    bounce: bool
    bounced: tuple[str, ...]
    bounced_message_id: str
    oddities: tuple[Oddity, ...]


@dataclass(frozen=True)
class Unreadable:
    """A mail of which nothing can be shown; its source is kept and the reason is."""

    reason: Refusal
