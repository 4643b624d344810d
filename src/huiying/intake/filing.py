"""A letter as a case, or as words on one."""

from __future__ import annotations

from django.conf import settings
from django.template.defaultfilters import filesizeformat
from django.utils.translation import gettext as _

from huiying.cases.actions.registration import Caller, Draft
from huiying.cases.models import Kind
from huiying.channels.adapters.mail import Letter
from huiying.channels.models.endpoint import Channel
from huiying.channels.words import Upload, Words
from huiying.customers.numbers import sound_email
from huiying.kit.guards import BadInput


def draft_of(letter: Letter, *, kind: str = Kind.COMPLAINT) -> Draft:
    """Return the letter as a case that begins."""
    words = words_of(letter, letter.body_text)
    return Draft(
        kind=kind,
        channel=Channel.EMAIL,
        subject=letter.subject,
        description=letter.body_text or words.text,
        caller=Caller(name=letter.from_name, email=letter.from_email if can_be_answered(letter) else ""),
        words=words,
    )


def answer_of(letter: Letter) -> Words:
    """Return the letter as an answer: its new words, without what it quotes."""
    return words_of(letter, letter.reply_text)


def words_of(letter: Letter, text: str) -> Words:
    uploads = [
        Upload(name=file.name, content=file.content, content_id=file.content_id)
        for file in letter.attachments
        if len(file.content) <= settings.ATTACHMENT_LIMIT
    ]
    said = [text.strip(), *map(left_out, too_large(letter))]
    return Words(
        text="\n\n".join(filter(None, said)) or letter.subject or (_("(only attachments)") if uploads else ""),
        html=letter.body_html,
        channel=Channel.EMAIL,
        uploads=uploads,
        header_id=letter.message_id[:255],
        in_reply_to=letter.in_reply_to[:255],
        is_automatic=letter.auto_reply,
    )


def too_large(letter: Letter) -> list[str]:
    return [file.name for file in letter.attachments if len(file.content) > settings.ATTACHMENT_LIMIT]


def left_out(name: str) -> str:
    return _("[The file “{name}” is larger than {limit} and is kept in the original mail only.]").format(
        name=name, limit=filesizeformat(settings.ATTACHMENT_LIMIT)
    )


def can_be_answered(letter: Letter) -> bool:
    try:
        return bool(sound_email(letter.from_email)) if letter.from_email else False
    except BadInput:
        return False
