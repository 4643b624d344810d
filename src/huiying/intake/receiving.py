"""The mail room: every mail becomes a case, an answer on a case, or is kept and shown with its reason (SPEC C2, K3)."""

from __future__ import annotations

import hashlib
import logging
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.core.files.base import ContentFile
from django.db import InterfaceError, OperationalError, transaction

from huiying.cases.actions.conversation import hear
from huiying.cases.actions.registration import register
from huiying.cases.models import Case
from huiying.channels.adapters.mail import Letter, Unreadable, read_letter
from huiying.channels.deliveries import mark_returned
from huiying.channels.mailboxes import own_addresses
from huiying.channels.models import Message, RawMail
from huiying.intake.belonging import case_of, message_returned
from huiying.intake.filing import answer_of, can_be_answered, draft_of
from huiying.intake.reasons import Reason
from huiying.journal.actors import MAIL_ROOM, Actor
from huiying.kit.guards import DomainError
from huiying.kit.turns import take_turns

log = logging.getLogger(__name__)

Outcome = RawMail.Outcome
MOST_IN_AN_HOUR = 60


@dataclass(frozen=True)
class Received:
    """What became of a mail. `letter` is None when it could not be read."""

    outcome: str
    mail: RawMail
    letter: Letter | None
    case: Case | None = None


@dataclass(frozen=True)
class _Filed:
    outcome: str
    reason: str = ""
    message: Message | None = None
    case: Case | None = None


def receive_mail(raw: bytes, *, at: datetime, by: Actor = MAIL_ROOM) -> Received:
    """Take in one mail. The same mail again changes nothing and is answered as the first time.

    Raises OperationalError or InterfaceError only: the database is away, nothing was stored, bring the mail again.
    """
    letter = read_letter(raw)
    digest = digest_of(raw, letter)
    try:
        return _take_in(raw, letter, digest, at=at, by=by)
    except (OperationalError, InterfaceError):
        raise
    except Exception:  # whatever fails, the mail is kept and shown
        log.exception("A mail could not be filed and is kept.")
        return _keep(raw, letter, digest, _Filed(Outcome.REFUSED, Reason.FAILURE), at=at)


def digest_of(raw: bytes, letter: Letter | Unreadable) -> str:
    """Return what makes a mail the same mail: what it says, whichever way it came; without an identifier, each byte."""
    if isinstance(letter, Unreadable) or not letter.message_id:
        return hashlib.sha256(raw).hexdigest()
    files = [hashlib.sha256(file.content).hexdigest() for file in letter.attachments]
    said = [letter.message_id, letter.from_email, letter.subject, letter.body_text, *files]
    return hashlib.sha256("\0".join(said).encode()).hexdigest()


@transaction.atomic
def _take_in(raw: bytes, letter: Letter | Unreadable, digest: str, *, at: datetime, by: Actor) -> Received:
    take_turns(f"mail {digest}")
    known = RawMail.objects.filter(digest=digest).select_related("message").first()
    if known is not None:
        return received_before(known, letter)
    return _keep(raw, letter, digest, _file(letter, at=at, by=by), at=at)


def received_before(mail: RawMail, letter: Letter | Unreadable) -> Received:
    case = Case.objects.filter(pk=mail.message.subject_id).first() if mail.message else None
    return Received(mail.outcome, mail, letter if isinstance(letter, Letter) else None, case)


def _file(letter: Letter | Unreadable, *, at: datetime, by: Actor) -> _Filed:
    if isinstance(letter, Unreadable):
        return _Filed(Outcome.REFUSED, letter.reason)
    if is_our_own(letter):
        return _Filed(Outcome.KEPT, Reason.OWN)
    if letter.bounce:
        return _take_back(letter, at=at)
    try:
        with transaction.atomic():
            return _join(letter, at=at, by=by) or _begin(letter, at=at, by=by)
    except DomainError as broken:
        return _Filed(Outcome.KEPT, str(broken))


def is_our_own(letter: Letter) -> bool:
    """Tell a mail that we sent: answering it would go on for ever."""
    if letter.from_email.lower() in own_addresses():
        return True
    sent = Message.objects.filter(direction=Message.Direction.OUT, header_id=letter.message_id[:255])
    return bool(letter.message_id) and sent.exists()


def _take_back(letter: Letter, *, at: datetime) -> _Filed:
    message = message_returned(letter)
    if message is not None and letter.bounced:
        mark_returned(message, letter.bounced, reason=letter.subject, at=at)
    case = Case.objects.filter(pk=message.subject_id).first() if message else None
    return _Filed(Outcome.KEPT, Reason.BOUNCE, case=case)


def _join(letter: Letter, *, at: datetime, by: Actor) -> _Filed | None:
    case = case_of(letter)
    if case is None:
        return None
    words = answer_of(letter)
    if not words.text:
        return _Filed(Outcome.KEPT, Reason.NOTHING, case=case)
    message = hear(case, words, by=by, author_name=letter.from_name or letter.from_email, at=at)
    return _Filed(Outcome.ANSWER, message=message, case=case)


def _begin(letter: Letter, *, at: datetime, by: Actor) -> _Filed:
    doubt = doubt_about(letter, at=at)
    if doubt is not None:
        return _Filed(Outcome.KEPT, doubt)
    case = register(draft_of(letter), by=by, at=at)
    return _Filed(Outcome.NEW_CASE, message=Message.objects.about(case).in_order().first(), case=case)


def doubt_about(letter: Letter, *, at: datetime) -> Reason | None:
    """Return what speaks against making a case of a letter that belongs to none."""
    if letter.auto_reply:
        return Reason.AUTO_REPLY
    if letter.bulk:
        return Reason.BULK
    if not can_be_answered(letter):
        return Reason.NOBODY
    if not (letter.body_text.strip() or letter.attachments or letter.subject):
        return Reason.NOTHING
    if RawMail.objects.from_sender(letter.from_email, since=at - timedelta(hours=1)).count() >= MOST_IN_AN_HOUR:
        return Reason.TOO_MANY
    return None


def _keep(raw: bytes, letter: Letter | Unreadable, digest: str, filed: _Filed, *, at: datetime) -> Received:
    """Keep the source of a mail with what became of it."""
    known = letter if isinstance(letter, Letter) else None
    mail = RawMail.objects.create(
        received_at=at,
        digest=digest,
        header_id=known.message_id[:255] if known else "",
        file=ContentFile(raw, name="mail.eml"),
        size=len(raw),
        from_email=known.from_email[:320] if known else "",
        subject=known.subject[:500] if known else "",
        outcome=filed.outcome,
        reason=filed.reason[:300],
        is_auto_reply=bool(known and (known.auto_reply or known.bulk)),
        is_bounce=bool(known and known.bounce),
        message=filed.message,
    )
    return Received(filed.outcome, mail, known, filed.case)
