"""`huiying receive-mail`: take in mails from files or the input, as the mail server hands them over."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Any

from django.core.management.base import CommandParser
from django.db import InterfaceError, OperationalError
from django.utils import timezone
from django.utils.translation import gettext as _

from huiying.intake.reasons import reason_in_words
from huiying.intake.receiving import Received, receive_mail
from huiying.kit.commands import FAILED, SpokenCommand

TRY_AGAIN = 75  # EX_TEMPFAIL: mail servers keep the mail and bring it later


class Command(SpokenCommand):
    help = "Take in mails: each becomes a case, an answer on one, or is kept with its reason."

    def add_arguments(self, parser: CommandParser) -> None:
        super().add_arguments(parser)
        parser.add_argument("files", nargs="*", default=["-"], metavar="FILE", help="mails as files; - reads the input")

    def work(self, **words: Any) -> None:
        try:
            unread = [file for file in words["files"] if not self.take_in(file)]
        except (OperationalError, InterfaceError) as away:
            self.stderr.write(_("The database did not answer; please bring the mail again: %s") % away)
            raise SystemExit(TRY_AGAIN) from away
        if unread:
            raise SystemExit(FAILED)

    def take_in(self, file: str) -> bool:
        try:
            raw = sys.stdin.buffer.read() if file == "-" else Path(file).read_bytes()
        except OSError as problem:
            sentence = _("%(file)s cannot be read: %(problem)s") % {"file": file, "problem": problem.strerror}
            self.say(sentence, file=file, outcome="error", error=sentence)
            return False
        received = receive_mail(raw, at=timezone.now())
        self.say(in_words(file, received), **in_json(file, received))
        return True


def in_words(file: str, received: Received) -> str:
    outcome = received.mail.get_outcome_display()
    number = f" {received.case.number}" if received.case else ""
    reason = f" – {reason_in_words(received.mail.reason)}" if received.mail.reason else ""
    return f"{file}: {outcome}{number}{reason}"


def in_json(file: str, received: Received) -> dict[str, Any]:
    """Return the facts in the shape that programs rely on; add, never rename."""
    letter = received.letter
    return {
        "file": file,
        "outcome": received.outcome,
        "case": received.case.number if received.case else None,
        "subject": letter.subject if letter else "",
        "from_email": letter.from_email if letter else "",
        "body_text": letter.body_text if letter else "",
        "body_html": letter.body_html if letter else "",
        "reply_text": letter.reply_text if letter else "",
        "attachments": [file.name for file in letter.attachments] if letter else [],
        "auto_reply": bool(letter and letter.auto_reply),
        "bounce": bool(letter and letter.bounce),
    }
