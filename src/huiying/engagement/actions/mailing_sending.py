"""Sending mailings: the heartbeat writes recipients down, hands over what is due, and notes what became of it.

A mailing goes through the deliveries of e-mail, where it never fills more than HANDED_AT_ONCE places, so that answers
to customers are not held up; a short message goes to the gateway, outside of any transaction. Each recipient is
claimed by a conditional update, and so is the contact's turn to be written to: never twice to one person.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import UTC, datetime, timedelta
from itertools import islice

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
from huiying.engagement.actions.mailing import gateway
from huiying.engagement.crediting import credit
from huiying.engagement.models.interaction import Interaction, Means
from huiying.engagement.models.mailing import LastMassMessage, Mailing, MailingRules, Recipient
from huiying.engagement.placeholders import filled_in, missing_in
from huiying.engagement.queries.complaints import complaining
from huiying.engagement.queries.recipients import UNSENT, Candidate, candidates, chosen_customers, is_quiet, values_for
from huiying.engagement.unsubscribing import link_for
from huiying.journal.actors import CLOCKWORK
from huiying.journal.entries import record
from huiying.staff.actors import actor_of
from huiying.staff.models import User

FILLED_AT_ONCE = 1_000
HANDED_AT_ONCE = 100
TEXTED_AT_ONCE = 20
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


def write_down(mailing: Mailing, now: datetime) -> int:
    """Write down the next recipients, each with why not where that is known already; then let sending begin."""
    maker = actor_of(User.objects.with_standing().get(pk=mailing.made_by_id))
    customers = chosen_customers(mailing.chosen, by=maker)
    some = list(islice(candidates(mailing, customers, now=now, after=mailing.filled_to), FILLED_AT_ONCE))
    with transaction.atomic():
        mine = Mailing.objects.filter(pk=mailing.pk, state=Mailing.State.FILLING, filled_to=mailing.filled_to)
        if not some:
            return mine.update(state=Mailing.State.SENDING)
        if not mine.update(filled_to=some[-1].customer.pk):
            return 0
        Recipient.objects.bulk_create(rows_of(mailing, some, now), ignore_conflicts=True)
    return len(some)


def rows_of(mailing: Mailing, some: Iterable[Candidate], now: datetime) -> list[Recipient]:
    some = list(some)
    addresses = [one.address for one in some if one.address]
    seen = set(Recipient.objects.filter(mailing=mailing, address__in=addresses).values_list("address", flat=True))
    rows = []
    for one in some:
        reason = one.reason if one.reason != Reason.COMPLAINT else ""  # it may be over before its turn
        reason = reason or (Reason.DOUBLE if one.address in seen else "")
        seen.add(one.address)
        rows.append(
            Recipient(
                mailing=mailing,
                customer=one.customer,
                contact=one.contact,
                address="" if reason else one.address,
                state=State.SKIPPED if reason else State.WAITING,
                reason=reason,
                error=" ".join(f"{{{name}}}" for name in one.missing) if reason == Reason.INCOMPLETE else "",
                due_at=now,
            )
        )
    return rows


def hand_over_mails(rules: MailingRules, now: datetime) -> int:
    """Make messages and deliveries of the next recipients, as far as there is room."""
    on_their_way = Recipient.objects.filter(state=State.SENDING, mailing__means=Means.EMAIL).count()
    due = Recipient.objects.due(now).filter(mailing__means=Means.EMAIL).select_related(*RELATED)
    some = list(due[: max(HANDED_AT_ONCE - on_their_way, 0)])
    return sum(hand_over(one, rules, now) for one in allowed(some, rules, now))


RELATED = ("mailing", "customer__owner", "contact")


@transaction.atomic
def hand_over(one: Recipient, rules: MailingRules, now: datetime) -> int:
    if not claim(one, rules, now):
        return 0
    message = message_of(one, now)
    Recipient.objects.filter(pk=one.pk).update(message=message)
    Delivery.objects.create(message=message, channel=Channel.EMAIL, recipient=one.address, next_try_at=now)
    return 1


def send_texts(rules: MailingRules, now: datetime) -> int:
    """Send the next short messages; nothing while there is no gateway."""
    road = gateway()
    if road is None:
        return 0
    stale = Recipient.objects.filter(state=State.SENDING, mailing__means=Means.SMS, claimed_at__lt=now - CLAIM_LASTS)
    stale.update(state=State.FAILED, error="?")  # it may have arrived: never twice to one person
    due = Recipient.objects.due(now).filter(mailing__means=Means.SMS).select_related(*RELATED)
    return sum(send_text(one, road, rules, now) for one in allowed(list(due[:TEXTED_AT_ONCE]), rules, now))


def send_text(one: Recipient, road: HttpGateway, rules: MailingRules, now: datetime) -> int:
    with transaction.atomic():
        if not claim(one, rules, now):
            return 0
    try:
        road.send(one.address, text_of(one))
    except NotNow as later:
        put_off(one, now, str(later))
    except (Undeliverable, ValueError) as refused:
        fail([one], str(refused))
    else:
        with transaction.atomic():
            one.message = message_of(one, now)
            Recipient.objects.filter(pk=one.pk).update(message=one.message)
            note_sent([one], now)
    return 1


def allowed(some: list[Recipient], rules: MailingRules, now: datetime) -> list[Recipient]:
    """Return those who may be written to now; the others wait for the end of a complaint, or are left out."""
    waiting = complaining({one.customer_id for one in some})
    fine = []
    for one in some:
        if one.customer_id in waiting:
            hold(one, rules, now)
            continue
        reason = reason_against(one, rules)
        if reason:
            leave_out(one, reason)
        else:
            fine.append(one)
    return fine


def reason_against(one: Recipient, rules: MailingRules) -> str:
    if one.contact is None:
        return Reason.NO_ADDRESS
    if one.contact.do_not_contact:
        return Reason.OPTED_OUT
    if rules.asks_consent and one.contact.consent_at is None:
        return Reason.NO_CONSENT
    lacking = missing_in(one.mailing.subject + one.mailing.text, values_for(one))
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
    """Take the recipient and the contact's turn, in a transaction; who was written to lately is left out."""
    mine = Recipient.objects.filter(pk=one.pk, state=State.WAITING, mailing__state=Mailing.State.SENDING)
    if one.contact_id is None or not mine.update(state=State.SENDING, claimed_at=now, reason=""):
        return False
    if one.attempts:  # its turn was taken at the first try
        return True
    LastMassMessage.objects.get_or_create(contact_id=one.contact_id, defaults={"at": LONG_AGO})
    rested = LastMassMessage.objects.filter(contact=one.contact_id, at__lte=now - timedelta(days=rules.rest_days))
    if rested.update(before=F("at"), at=now):
        return True
    Recipient.objects.filter(pk=one.pk).update(state=State.SKIPPED, reason=Reason.RECENT)
    return False


def message_of(one: Recipient, now: datetime) -> Message:
    return Message.objects.create(
        subject_type=Recipient._meta.label_lower,
        subject_id=one.pk,
        customer_id=one.customer_id,
        direction=Message.Direction.OUT,
        channel=Channel.EMAIL if one.mailing.means == Means.EMAIL else "sms",
        at=now,
        author_id=None,
        text=text_of(one),
    )


def text_of(one: Recipient) -> str:
    """Return the text as the customer gets it, with the way to opt out."""
    said = filled_in(one.mailing.text, values_for(one))
    with translation.override(settings.LANGUAGE_CODE):
        way_out = _("No more of these messages: %(link)s") % {"link": link_for(one.contact_id)}
    return f"{said}\n\n— \n{way_out}" if one.mailing.means == Means.EMAIL else f"{said} {way_out}"


def settle(now: datetime) -> int:
    """Note what became of the mails that were handed over."""
    handed = Recipient.objects.filter(state=State.SENDING, mailing__means=Means.EMAIL).exclude(message=None)
    ended = handed.filter(message__deliveries__state__in=[Delivery.State.SENT, Delivery.State.FAILED])
    some = list(ended.select_related(*RELATED, "message").prefetch_related("message__deliveries")[: HANDED_AT_ONCE * 2])
    for one in some:
        assert one.message is not None
        delivery = one.message.deliveries.all()[0]
        if delivery.state == Delivery.State.SENT:
            with transaction.atomic():
                note_sent([one], delivery.sent_at or now)
        else:
            fail([one], delivery.last_error)
    return len(some)


def note_sent(some: Iterable[Recipient], at: datetime) -> None:
    """Note that they were reached: a record of contact, which covers a planned one where its means suffice."""
    for one in some:
        mine = Recipient.objects.filter(pk=one.pk, state=State.SENDING)
        if mine.update(state=State.SENT, sent_at=at, error=""):
            written = interaction_of(one, at)
            written.save(force_insert=True)
            credit(written)


def interaction_of(one: Recipient, at: datetime) -> Interaction:
    return Interaction(
        customer_id=one.customer_id,
        contact_id=one.contact_id,
        means=one.mailing.means,
        at=at,
        content=filled_in(one.mailing.text, values_for(one))[:2000],
        external_ref=f"mailing:{one.mailing_id}:{one.pk}",
    )


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
