"""Carrying messages out: claimed by one worker, tried again with growing patience, given up with the reason.

The network is touched here only, never inside a transaction.
"""

from __future__ import annotations

import logging
import smtplib
from collections.abc import Iterable
from datetime import datetime, timedelta
from email.errors import MessageError

from django.conf import settings
from django.db import transaction
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from huiying.channels.adapters.mail.sending import compose, header_id_of
from huiying.channels.adapters.mail.server import mail_server, send
from huiying.channels.adapters.refusals import NotNow, ServerAway, Undeliverable
from huiying.channels.mailboxes import sender
from huiying.channels.models import Delivery, Message
from huiying.channels.models.endpoint import Channel
from huiying.channels.verbs import GAVE_UP, TRIED_AGAIN
from huiying.journal.actors import CLOCKWORK, Actor
from huiying.journal.entries import record
from huiying.kit.guards import DomainError, ensure

log = logging.getLogger(__name__)

CLAIM_LASTS = timedelta(minutes=15)


def deliver(now: datetime, *, limit: int = 50) -> int:
    """Send what is due over e-mail; return how many were tried. Without a mail server everything waits."""
    if not settings.EMAIL_URL:
        return 0
    release_stale(now)
    due = list(Delivery.objects.due(now).filter(channel=Channel.EMAIL).select_related("message")[:limit])
    if not due:
        return 0
    try:
        with mail_server(settings.EMAIL_URL) as server:
            return sum(carry(delivery, server, now) for delivery in due)
    except ServerAway as away:
        return sum(put_off(delivery, now, reason=str(away)) for delivery in due)


def release_stale(now: datetime) -> None:
    """Let what a killed worker had claimed be tried again; its Message-ID stays, so a second copy is known as one."""
    stale = Delivery.objects.filter(state=Delivery.State.SENDING, claimed_at__lt=now - CLAIM_LASTS)
    stale.update(state=Delivery.State.WAITING, next_try_at=now)


def carry(delivery: Delivery, server: smtplib.SMTP, now: datetime) -> int:
    """Send one delivery, unless another worker has it. Raises ServerAway when the server leaves."""
    if not claim(delivery, now):
        return 0
    try:
        mail = compose(delivery.message, recipient=delivery.recipient)
        send(server, mail, sender=sender()[1], recipient=delivery.recipient)
    except (Undeliverable, ValueError, IndexError, MessageError, FileNotFoundError) as refused:
        give_up(delivery, reason=str(refused), at=now)
    except NotNow as later:
        put_off(delivery, now, reason=str(later))
    else:
        Delivery.objects.filter(pk=delivery.pk).update(state=Delivery.State.SENT, sent_at=now, last_error="")
    return 1


def claim(delivery: Delivery, now: datetime) -> bool:
    """Take the delivery and give its message the identifier by which answers will be known."""
    if not Delivery.objects.filter(pk=delivery.pk).waiting(now).update(state=Delivery.State.SENDING, claimed_at=now):
        return False
    message = delivery.message
    message.header_id = message.header_id or header_id_of(message)
    Message.objects.filter(pk=message.pk, header_id="").update(header_id=message.header_id)
    return True


def put_off(delivery: Delivery, now: datetime, *, reason: str) -> int:
    """Try again in 2, 4, 8 … minutes; give up after the last try. 0 when the delivery is no longer ours to try."""
    attempts = delivery.attempts + 1
    if attempts >= Delivery.GIVE_UP_AFTER:
        return give_up(delivery, reason=reason, at=now)
    mine = Q(state=Delivery.State.SENDING, claimed_at=now) | Q(state=Delivery.State.WAITING, next_try_at__lte=now)
    if attempts == Delivery.ALARM_AT:
        log.error("%s failed %d times: %s", delivery, attempts, reason)
    return Delivery.objects.filter(mine, pk=delivery.pk).update(
        state=Delivery.State.WAITING,
        attempts=attempts,
        next_try_at=now + timedelta(minutes=2**attempts),
        last_error=reason[:1000],
    )


@transaction.atomic
def give_up(delivery: Delivery, *, reason: str, at: datetime) -> int:
    """Stop trying; whoever the message is about shows it."""
    open_ones = Delivery.objects.filter(pk=delivery.pk).exclude(state=Delivery.State.FAILED)
    done = open_ones.update(state=Delivery.State.FAILED, attempts=F("attempts") + 1, last_error=reason[:1000])
    if done:
        record(GAVE_UP, delivery.message, by=CLOCKWORK, at=at, delivery=delivery.pk)
    return done


@transaction.atomic
def mark_returned(message: Message, addresses: Iterable[str], *, reason: str, at: datetime) -> None:
    """Note that a message we sent came back from these addresses (a bounce)."""
    returned = {address.lower() for address in addresses}
    for delivery in message.deliveries.exclude(state=Delivery.State.FAILED):
        if delivery.recipient.lower() in returned:
            give_up(delivery, reason=reason, at=at)


@transaction.atomic
def try_again(delivery: Delivery, *, by: Actor, at: datetime) -> None:
    """Send once more what was given up or waits. Raises DomainError when it is on its way or has arrived."""
    ensure(by.can("mail.manage"))
    stopped = Delivery.objects.filter(pk=delivery.pk, state__in=[Delivery.State.FAILED, Delivery.State.WAITING])
    if not stopped.update(state=Delivery.State.WAITING, attempts=0, next_try_at=at):
        raise DomainError(_("This message is being sent or has been sent already."))
    record(TRIED_AGAIN, delivery.message, by=by, at=at, delivery=delivery.pk)
