"""Sending mailings: the heartbeat writes recipients down, hands over what is due, and notes what became of it.

A mailing goes through the deliveries of e-mail, where it never fills more than HANDED_AT_ONCE places, so that answers
to customers are not held up; a short message goes to the gateway, outside of any transaction. Each recipient is
claimed by a conditional update, and so is the contact's turn to be written to: never twice to one person.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from functools import partial

from django.conf import settings
from django.db import transaction
from django.db.models import F
from django.utils import translation
from django.utils.translation import gettext as _

from huiying.channels.adapters.refusals import NotNow, Undeliverable
from huiying.channels.adapters.sms import HttpGateway
from huiying.channels.models import Delivery, Message
from huiying.channels.models.endpoint import Channel
from huiying.engagement import mailing_verbs as verbs
from huiying.engagement import pool_verbs
from huiying.engagement.actions.mailing import gateway
from huiying.engagement.actions.mailing_filling import write_down
from huiying.engagement.crediting import credit
from huiying.engagement.models.interaction import Interaction, Means
from huiying.engagement.models.mailing import LastMassMessage, Mailing, MailingRules, Recipient
from huiying.engagement.placeholders import filled_in, missing_in
from huiying.engagement.queries.complaints import complaining
from huiying.engagement.queries.recipients import UNSENT, is_quiet, last_orders, values_of
from huiying.engagement.unsubscribing import link_for
from huiying.journal.actors import CLOCKWORK
from huiying.journal.entries import record

HANDED_AT_ONCE = 100
TEXTED_AT_ONCE = 50
TEXTED_IN_PARALLEL = 5
CLAIM_LASTS = timedelta(minutes=15)
LOOK_AGAIN = timedelta(hours=6)
GIVE_UP_AFTER = 5
LONG_AGO = datetime(2000, 1, 1, tzinfo=UTC)
State, Reason = Recipient.State, Recipient.Reason


def send_mailings(now: datetime) -> int:
    """Do the next piece of every mailing that is due; return how much was done."""
    due = Mailing.objects.filter(state=Mailing.State.FILLING, starts_at__lte=now).select_related("made_by")
    work = sum(write_down(mailing, now) for mailing in due)
    work += settle(now)
    rules = MailingRules.now()
    if not is_quiet(rules, now):
        work += hand_over_mails(rules, now) + send_texts(rules, now)
    return work + sum(finish(mailing, now) for mailing in Mailing.objects.filter(state=Mailing.State.SENDING))


@dataclass(frozen=True)
class Ready:
    """A recipient who may be written to now, and what the words in braces stand for."""

    one: Recipient
    values: Mapping[str, str]

    @property
    def text(self) -> str:
        return filled_in(self.one.mailing.text, self.values)


def hand_over_mails(rules: MailingRules, now: datetime) -> int:
    """Make messages and deliveries of the next recipients, as far as there is room."""
    on_their_way = Recipient.objects.filter(state=State.SENDING, mailing__means=Means.EMAIL).count()
    due = Recipient.objects.due(now).filter(mailing__means=Means.EMAIL).select_related(*RELATED)
    some = list(due[: max(HANDED_AT_ONCE - on_their_way, 0)])
    return sum(hand_over(ready, rules, now) for ready in allowed(some, rules, now))


RELATED = ("mailing", "customer__owner", "contact", "introduction__manager")


@transaction.atomic
def hand_over(ready: Ready, rules: MailingRules, now: datetime) -> int:
    one = ready.one
    if not claim(one, rules, now):
        return 0
    message = message_of(ready, now)
    Recipient.objects.filter(pk=one.pk).update(message=message)
    Delivery.objects.create(message=message, channel=Channel.EMAIL, recipient=one.address, next_try_at=now)
    return 1


def send_texts(rules: MailingRules, now: datetime) -> int:
    """Send the next short messages, some at the same time; nothing while there is no gateway.

    Threads speak with the gateway only: what the database is told, before and after, is told here.
    """
    road = gateway()
    if road is None:
        return 0
    give_stale_up(now)
    due = Recipient.objects.due(now).filter(mailing__means=Means.SMS).select_related(*RELATED)
    mine = [ready for ready in allowed(list(due[:TEXTED_AT_ONCE]), rules, now) if claim_alone(ready, rules, now)]
    with ThreadPoolExecutor(TEXTED_IN_PARALLEL) as threads:
        said = threads.map(partial(send_text, road), [(ready.one.address, text_of(ready)) for ready in mine])
        return sum(note_text(ready, problem, now) for ready, problem in zip(mine, said, strict=True))


def give_stale_up(now: datetime) -> None:
    """A short message whose sending was interrupted may have arrived: it is never sent twice by itself."""
    stale = Recipient.objects.filter(state=State.SENDING, mailing__means=Means.SMS, claimed_at__lt=now - CLAIM_LASTS)
    with translation.override(settings.LANGUAGE_CODE):
        why = _("Sending was interrupted: it may have arrived. Try again only if that does no harm.")
    stale.update(state=State.FAILED, error=why)


def claim_alone(ready: Ready, rules: MailingRules, now: datetime) -> bool:
    with transaction.atomic():
        return claim(ready.one, rules, now)


Problem = NotNow | Undeliverable | ValueError


def send_text(road: HttpGateway, said: tuple[str, str]) -> Problem | None:
    """Send one; return what the other side had against it."""
    phone, text = said
    try:
        road.send(phone, text)
    except (NotNow, Undeliverable, ValueError) as problem:
        return problem
    return None


def note_text(ready: Ready, problem: Problem | None, now: datetime) -> int:
    one = ready.one
    if isinstance(problem, NotNow):
        put_off(one, now, str(problem))
    elif problem is not None:
        fail([one], str(problem))
    else:
        with transaction.atomic():
            one.message = message_of(ready, now)
            note_sent([ready], now)
    return 1


def allowed(some: Sequence[Recipient], rules: MailingRules, now: datetime) -> list[Ready]:
    """Return those who may be written to now; the others wait for the end of a complaint, or are left out."""
    waiting = complaining({one.customer_id for one in some})
    fine = []
    for ready in ready_to_read(some):
        if ready.one.customer_id in waiting:
            hold(ready.one, rules, now)
            continue
        reason = reason_against(ready, rules)
        if reason:
            leave_out(ready.one, reason)
        else:
            fine.append(ready)
    keep_turns([ready.one.contact_id for ready in fine if ready.one.contact_id])
    return fine


def ready_to_read(some: Sequence[Recipient]) -> list[Ready]:
    """Return the recipients with the words they would read; one statement."""
    orders = last_orders({one.customer_id for one in some}) if some else {}
    return [
        Ready(one, values_of(one.customer, one.contact, orders.get(one.customer_id), product=one.mailing.product))
        for one in some
    ]


def keep_turns(contacts: Sequence[int]) -> None:
    """Give each contact the row by which their turn to be written to is claimed; whoever has one keeps it."""
    rows = [LastMassMessage(contact_id=key, at=LONG_AGO) for key in contacts]
    LastMassMessage.objects.bulk_create(rows, ignore_conflicts=True)


def reason_against(ready: Ready, rules: MailingRules) -> str:
    one = ready.one
    if one.contact is None:
        return Reason.NO_ADDRESS
    if one.contact.do_not_contact:
        return Reason.OPTED_OUT
    if rules.asks_consent and one.contact.consent_at is None:
        return Reason.NO_CONSENT
    if hasattr(one, "introduction") and one.introduction.manager_id != one.customer.owner_id:
        return Reason.CHANGED
    lacking = missing_in(one.mailing.subject + one.mailing.text, ready.values)
    return Reason.INCOMPLETE if lacking else ""


def hold(one: Recipient, rules: MailingRules, now: datetime) -> None:
    started = one.mailing.starts_at or now
    if now >= started + timedelta(days=rules.held_days):
        leave_out(one, Reason.COMPLAINT)
        return
    waiting = Recipient.objects.filter(pk=one.pk, state=State.WAITING)
    waiting.update(due_at=now + LOOK_AGAIN, reason=Reason.COMPLAINT)


def leave_out(one: Recipient, reason: str) -> None:
    Recipient.objects.filter(pk=one.pk, state=State.WAITING).update(state=State.SKIPPED, reason=reason)


def claim(one: Recipient, rules: MailingRules, now: datetime) -> bool:
    """Take the recipient and the contact's turn, in a transaction; who was written to lately is left out.

    `keep_turns` has made the row of the contact's turn.
    """
    mine = Recipient.objects.filter(pk=one.pk, state=State.WAITING, mailing__state=Mailing.State.SENDING)
    if one.contact_id is None or not mine.update(state=State.SENDING, claimed_at=now, reason=""):
        return False
    if one.attempts:  # its turn was taken at the first try
        return True
    rested = LastMassMessage.objects.filter(contact=one.contact_id, at__lte=now - timedelta(days=rules.rest_days))
    if rested.update(before=F("at"), at=now):
        return True
    Recipient.objects.filter(pk=one.pk).update(state=State.SKIPPED, reason=Reason.RECENT)
    return False


def message_of(ready: Ready, now: datetime) -> Message:
    one = ready.one
    return Message.objects.create(
        subject_type=Recipient._meta.label_lower,
        subject_id=one.pk,
        customer_id=one.customer_id,
        direction=Message.Direction.OUT,
        channel=Channel.EMAIL if one.mailing.means == Means.EMAIL else "sms",
        at=now,
        author_id=None,
        text=text_of(ready),
    )


def text_of(ready: Ready) -> str:
    """Return the text as the customer gets it, with the way to opt out."""
    one = ready.one
    with translation.override(settings.LANGUAGE_CODE):
        way_out = _("No more of these messages: %(link)s") % {"link": link_for(one.contact_id)}
    is_mail = one.mailing.means == Means.EMAIL
    return f"{ready.text}\n\n— \n{way_out}" if is_mail else f"{ready.text} {way_out}"


def settle(now: datetime) -> int:
    """Note what became of the mails that were handed over."""
    handed = Recipient.objects.filter(state=State.SENDING, mailing__means=Means.EMAIL).exclude(message=None)
    ended = handed.filter(message__deliveries__state__in=[Delivery.State.SENT, Delivery.State.FAILED])
    some = list(ended.select_related(*RELATED, "message").prefetch_related("message__deliveries")[: HANDED_AT_ONCE * 2])
    for ready in ready_to_read(some):
        one = ready.one
        assert one.message is not None
        delivery = one.message.deliveries.all()[0]
        if delivery.state == Delivery.State.SENT:
            with transaction.atomic():
                note_sent([ready], delivery.sent_at or now)
        else:
            fail([one], delivery.last_error)
    return len(some)


def note_sent(some: Iterable[Ready], at: datetime) -> None:
    """Note that they were reached: a record of contact, which covers a planned one where its means suffice."""
    for ready in some:
        one = ready.one
        mine = Recipient.objects.filter(pk=one.pk, state=State.SENDING)
        if mine.update(state=State.SENT, sent_at=at, error="", message=one.message):
            written = interaction_of(ready, at)
            written.save(force_insert=True)
            credit(written)
            note_introduction(one, at)


def interaction_of(ready: Ready, at: datetime) -> Interaction:
    one = ready.one
    return Interaction(
        customer_id=one.customer_id,
        contact_id=one.contact_id,
        means=one.mailing.means,
        at=at,
        content=ready.text[:2000],
        external_ref=f"mailing:{one.mailing_id}:{one.pk}",
    )


def note_introduction(one: Recipient, at: datetime) -> None:
    """Write into the customer's story that they know of their new account manager, where it was that."""
    if hasattr(one, "introduction"):
        facts = {"to": one.introduction.manager.name, "means": one.mailing.means}
        record(pool_verbs.INTRODUCED, one.customer, by=CLOCKWORK, at=at, **facts)


def fail(some: Iterable[Recipient], reason: str) -> None:
    """Note that it did not reach them; their turn is given back."""
    for one in some:
        mine = Recipient.objects.filter(pk=one.pk, state=State.SENDING)
        if mine.update(state=State.FAILED, error=reason[:500]):
            taken = LastMassMessage.objects.filter(contact=one.contact_id).exclude(before=None)
            taken.update(at=F("before"), before=None)


def put_off(one: Recipient, now: datetime, reason: str) -> None:
    attempts = one.attempts + 1
    if attempts >= GIVE_UP_AFTER:
        fail([one], reason)
        return
    mine = Recipient.objects.filter(pk=one.pk, state=State.SENDING)
    mine.update(state=State.WAITING, attempts=attempts, due_at=now + timedelta(minutes=2**attempts), error=reason[:500])


@transaction.atomic
def finish(mailing: Mailing, now: datetime) -> int:
    """End a mailing of which nothing waits any more."""
    if Recipient.objects.filter(UNSENT, mailing=mailing).exists():
        return 0
    going = Mailing.objects.filter(pk=mailing.pk, state=Mailing.State.SENDING)
    if not going.update(state=Mailing.State.DONE, ended_at=now):
        return 0
    record(verbs.DONE, mailing, by=CLOCKWORK, at=now)
    return 1
