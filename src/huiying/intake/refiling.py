"""Making a case of a mail that was set aside."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as say
from django.utils.translation import gettext_lazy as _

from huiying.cases.actions.registration import Draft, register
from huiying.cases.models import Case
from huiying.channels.adapters.mail import Letter, read_letter
from huiying.channels.models import Message, RawMail
from huiying.channels.models.endpoint import Channel
from huiying.channels.words import Upload
from huiying.intake.filing import draft_of
from huiying.journal.actors import Actor
from huiying.kit.guards import DomainError, ensure


@transaction.atomic
def make_case_of(mail: RawMail, *, kind: str, by: Actor, at: datetime) -> Case:
    """Register the mail as a case after all. Raises DomainError when somebody has done so already."""
    ensure(by.can("mail.manage"))
    mail = RawMail.objects.select_for_update().get(pk=mail.pk)
    if mail.message_id is not None:
        raise DomainError(_("This mail belongs to a case already."))
    with mail.file.open("rb") as file:
        draft = draft_from(file.read(), kind=kind)
    case = register(draft, by=by, at=at)
    mail.message = Message.objects.about(case).in_order().first()
    mail.outcome = RawMail.Outcome.NEW_CASE
    mail.save(update_fields=["message", "outcome"])
    return case


def draft_from(raw: bytes, *, kind: str) -> Draft:
    letter = read_letter(raw)
    if isinstance(letter, Letter):
        return draft_of(letter, kind=kind)
    original = Upload(name="mail.eml", content=raw)
    words = say("(This mail could not be read; its original is attached.)")
    return Draft(kind=kind, channel=Channel.EMAIL, description=words, uploads=[original])
