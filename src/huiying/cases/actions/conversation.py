"""Words to and from the customer. Only a person's visible words answer anybody (SPEC C6, clock contract 5 and 6)."""

from __future__ import annotations

from datetime import datetime

from django.conf import settings
from django.db import transaction
from django.utils.translation import gettext_lazy as _

from huiying.cases.actions.step import held, step
from huiying.cases.lifecycle import IllegalMove, Stage
from huiying.cases.models import Case
from huiying.cases.policies import may_answer
from huiying.cases.queries.merged import surviving
from huiying.cases.verbs import ACKNOWLEDGED, INFORMED, NOT_DELIVERED, RECEIVED_WORD, SENT_WORD
from huiying.channels.models import Message
from huiying.channels.models.endpoint import Channel
from huiying.channels.words import Words, deliver_later, write_down
from huiying.customers.queries import email_of
from huiying.journal.actors import Actor
from huiying.kit.guards import BadInput, ensure
from huiying.search.index import add_words


@transaction.atomic
def answer(case: Case, words: Words, *, by: Actor, at: datetime) -> Message:
    """Say something to the customer. By e-mail it is delivered; on other channels it records what was said there.

    Raises BadInput for empty words, or for e-mail when no address is known.
    """
    case = held(case)
    ensure_not_merged(case)
    ensure(may_answer(by, case), _("You are not allowed to answer customers."))
    ensure_said(words)
    message = write_down(
        words, about=case, direction=Message.Direction.OUT, author_name=by.name, author_id=by.pk, at=at
    )
    if words.channel == Channel.EMAIL:
        deliver_later(message, over=Channel.EMAIL, to=[address_for(case)], at=at)
    case.awaits_answer_since = None
    step(SENT_WORD, case, by=by, at=at, message=message.pk, channel=words.channel)
    add_words(case, words.text)
    return message


@transaction.atomic
def hear(case: Case, words: Words, *, by: Actor, author_name: str, at: datetime) -> Message:
    """Take in what the customer says; to a merged case it is said to the one that stays.

    An automatic answer is kept, but starts no clock and answers nothing.
    """
    case = held(surviving(case))
    ensure(by.is_customer or may_answer(by, case))
    ensure_said(words)
    message = write_down(words, about=case, direction=Message.Direction.IN, author_name=author_name, at=at)
    add_words(case, words.text)
    if words.is_automatic:
        return message
    if case.awaits_answer_since is None:
        case.awaits_answer_since = at
    step(RECEIVED_WORD, case, by=by, at=at, message=message.pk, channel=words.channel)
    return message


@transaction.atomic
def acknowledge(case: Case, text: str, *, to: str, by: Actor, at: datetime) -> Message:
    """Tell the customer by e-mail that the case was received. It stops no clock: nobody has answered yet."""
    case = held(case)
    words = Words(text=text, channel=Channel.EMAIL, is_automatic=True)
    message = write_down(words, about=case, direction=Message.Direction.OUT, author_name="", at=at)
    deliver_later(message, over=Channel.EMAIL, to=[to], at=at)
    step(ACKNOWLEDGED, case, by=by, at=at, message=message.pk)
    return message


@transaction.atomic
def inform(case: Case, text: str, *, by: Actor, at: datetime) -> Message:
    """Tell the customer something they did not ask: on their own page, by e-mail where we know one. Stops no clock."""
    case = held(case)
    address = email_of(case.customer, case.contact) if case.customer and settings.EMAIL_URL else ""
    words = Words(text=text, channel=Channel.EMAIL if address else Channel.WEB, is_automatic=True)
    message = write_down(words, about=case, direction=Message.Direction.OUT, author_name="", at=at)
    if address:
        deliver_later(message, over=Channel.EMAIL, to=[address], at=at)
    step(INFORMED, case, by=by, at=at, message=message.pk)
    return message


@transaction.atomic
def report_undelivered(case: Case, message: Message, *, by: Actor, at: datetime) -> None:
    """Show on the case that the customer did not get a message of ours."""
    step(NOT_DELIVERED, held(case), by=by, at=at, message=message.pk)


def ensure_not_merged(case: Case) -> None:
    if case.stage == Stage.MERGED:
        raise IllegalMove(_("This case was merged into another one; answer the customer there."))


def ensure_said(words: Words) -> None:
    if not words.text.strip() and not words.uploads:
        raise BadInput(_("There is nothing to send yet."), field="text")
    if words.channel not in Channel.values:
        raise BadInput(_("“{value}” is no channel.").format(value=words.channel), field="channel")


def address_for(case: Case) -> str:
    """Return the e-mail address of the case's contact, or of its customer. Raises BadInput where none is known."""
    address = email_of(case.customer, case.contact) if case.customer else ""
    if not address:
        raise BadInput(_("No e-mail address of this customer is known; choose another channel."), field="channel")
    return address
