"""Which case does a mail belong to? Our own header first, then the token, last a number from somebody we know (K3)."""

from __future__ import annotations

import re

from huiying.cases.models import Case
from huiying.cases.queries.merged import surviving
from huiying.channels.adapters.mail import Letter
from huiying.channels.models import Message
from huiying.channels.reply_tokens import subject_id_in
from huiying.customers.queries import find_by_email

NUMBER = re.compile(r"\bC\d{4}-\d{6,9}\b", re.IGNORECASE)
OF_CASES = Case._meta.label_lower


def case_of(letter: Letter) -> Case | None:
    """Return the case the letter answers, or None; of a merged one the case that stays."""
    named = _by_header(letter) or _by_token(letter) or _by_number(letter)
    return surviving(named) if named else None


def message_returned(letter: Letter) -> Message | None:
    """Return the message of ours that a bounce brings back."""
    identifiers = [letter.bounced_message_id, *answered(letter)]
    ours = Message.objects.filter(direction=Message.Direction.OUT, header_id__in=[name for name in identifiers if name])
    return ours.order_by("-id").first()


def answered(letter: Letter) -> list[str]:
    """Return the identifiers of the mails the letter answers, the nearest first."""
    return list(dict.fromkeys(filter(None, [letter.in_reply_to, *reversed(letter.references)])))


def _by_header(letter: Letter) -> Case | None:
    named = answered(letter)
    known = Message.objects.filter(subject_type=OF_CASES, header_id__in=named) if named else Message.objects.none()
    found = {message.header_id: message.subject_id for message in known}
    nearest = next((found[name] for name in named if name in found), None)
    return Case.objects.filter(pk=nearest).first() if nearest else None


def _by_token(letter: Letter) -> Case | None:
    addresses = [address.email for address in (*letter.to, *letter.cc)]
    subject_id = subject_id_in([*answered(letter), *addresses, letter.subject], Case)
    return Case.objects.filter(pk=subject_id).first() if subject_id else None


def _by_number(letter: Letter) -> Case | None:
    """A number can be guessed, so the sender must be known as the customer of that case."""
    numbers = {number.upper() for number in NUMBER.findall(letter.subject[:1000])}
    if not numbers or not letter.from_email:
        return None
    senders = find_by_email(letter.from_email)
    return Case.objects.filter(number__in=numbers, customer__in=senders).order_by("-id").first()
