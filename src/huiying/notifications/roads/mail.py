"""Notices as mails, over the mail server that also carries what customers are told."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from functools import partial
from smtplib import SMTP

from django.conf import settings

from huiying.channels.adapters.mail.server import mail_server, send
from huiying.channels.adapters.refusals import ServerAway
from huiying.channels.mailboxes import sender
from huiying.notifications.batches import Batch, carry, put_off
from huiying.notifications.letters import mail_of
from huiying.notifications.models import Dispatch


class Mail:
    """One session for all batches; when the server leaves, what is left waits for it."""

    def is_open(self) -> bool:
        return bool(settings.EMAIL_URL)

    def carry(self, batches: Sequence[Batch], now: datetime) -> int:
        try:
            with mail_server(settings.EMAIL_URL) as server:
                return sum(carry(batch, partial(hand_over, server), now) for batch in batches)
        except ServerAway as away:
            return sum(put_off(batch, now, reason=str(away)) for batch in batches)


def hand_over(server: SMTP, dispatches: list[Dispatch]) -> None:
    mail = mail_of(dispatches)
    send(server, mail, sender=sender()[1], recipient=dispatches[0].notice.user.email)
