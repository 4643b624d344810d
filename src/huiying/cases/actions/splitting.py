"""Taking another matter out of a case, by the words that speak of it (SPEC C14, clock contract 11)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from huiying.cases.actions.recusal import passed_over_in, people_named_in, recuse_from_new
from huiying.cases.actions.registration import (
    Caller,
    Draft,
    case_number,
    clocks_begun,
    ensure_complete,
    new_case,
    words_of,
)
from huiying.cases.actions.step import ensure_timely, held, situation_of, step
from huiying.cases.models import Case, Category, Relation, Side, Split
from huiying.cases.policies import may_split
from huiying.cases.queries.splits import splittable_words
from huiying.cases.verbs import REGISTERED, SPLIT_FROM, SPLIT_OFF
from huiying.channels.models import Message
from huiying.channels.words import copy_to
from huiying.deadlines.actions import inherit_clocks, replan, start_all
from huiying.journal.actors import Actor
from huiying.journal.entries import record
from huiying.journal.numbers import next_value
from huiying.kit.guards import BadInput, ensure
from huiying.search.index import index

STANDS_AS = (Side.CHILD_OF, Side.FOLLOW_UP_OF)


@dataclass(frozen=True, kw_only=True)
class SplitDraft:
    """The other matter: keys of the messages that speak of it, what it is about, and how it stands to its source."""

    messages: Sequence[int]
    kind: str
    level: str
    urgency: str
    subject: str = ""
    demand: str = ""
    category: Category | None = None
    side: Side = Side.CHILD_OF


@transaction.atomic
def split(source: Case, draft: SplitDraft, *, by: Actor, at: datetime) -> Case:
    """Make a case of its own of the other matter and return it: routed like a new one, linked to its source.

    Clocks that still run at the source go on here with its start; what the source has met begins now. To undo it,
    merge the new case back or withdraw it. Raises BadInput for messages that are not the customer's.
    """
    source = held(source)
    ensure(by.can("cases.work") and by.can("cases.register"), _("You are not allowed to split cases."))
    ensure_timely(may_split(by, source), _("Only an open case can be split. Register the other matter as a new case."))
    if draft.side not in STANDS_AS:
        raise BadInput(_("A matter that is split off is a part of the case or follows it."), field="side")
    words = chosen_words(source, draft.messages)
    part = enter_part(source, as_registered(source, draft, words), by=by, at=at)
    copies = {str(message.pk): copy_to(part, message).pk for message in words}
    whose = by.pk if by.is_staff else None
    Split.objects.create(source=source, part=part, copies=copies, made_by_id=whose, at=at)
    Relation.objects.create(case=part, other=source, side=draft.side, related_by_id=whose, at=at)
    recuse_from_new(part, people_named_in(source), by=by, at=at)
    step(SPLIT_FROM, part, by=by, at=at, number=source.number)
    step(SPLIT_OFF, source, by=by, at=at, number=part.number)
    return part


def chosen_words(source: Case, keys: Sequence[int]) -> list[Message]:
    """Return the customer's messages of these keys in their order. Raises BadInput without any, or for others'."""
    words = [message for message in splittable_words(source) if message.pk in set(keys)]
    if not words:
        raise BadInput(_("Please choose the customer's words about the other matter."), field="messages")
    if len(words) < len(set(keys)):
        raise BadInput(_("Only words that the customer said on this case can be split off."), field="messages")
    return words


def as_registered(source: Case, draft: SplitDraft, words: Sequence[Message]) -> Draft:
    return Draft(
        kind=draft.kind,
        channel=words[0].channel,
        subject=draft.subject,
        description="\n\n".join(message.text for message in words if message.text),
        demand=draft.demand.strip(),
        caller=Caller(customer=source.customer, contact=source.contact, name=source.caller_name),
        category=draft.category,
        level=draft.level,
        urgency=draft.urgency,
        mood=source.mood,
        product=source.product,
        order=source.order,
        order_number=source.order_number,
    )


def enter_part(source: Case, draft: Draft, *, by: Actor, at: datetime) -> Case:
    """Enter the part in the register with its own clocks, where they run at the source with the source's start."""
    ensure_complete(draft)
    number = case_number(next_value("case"), at)
    part = new_case(draft, number=number, customer=source.customer, received_at=at, by=by)
    begun = clocks_begun(part, besides=passed_over_in(source))
    part.save(force_insert=True)
    inherited = {clock.kind for clock in inherit_clocks(part, of=source, kinds={clock.kind for clock in begun})}
    start_all([(part, [clock for clock in begun if clock.kind not in inherited])])
    replan(part, situation=situation_of(part), at=at, by=by)
    index(part, *words_of(part))
    record(REGISTERED, part, by=by, at=at, number=part.number, channel=part.channel, **part.routing)
    return part
