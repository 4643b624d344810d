"""The strands of the story that stand in tables of ours: orders, survey scores, words, deeds of the journal."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace
from typing import Any

from django.apps import apps
from django.db import models
from django.db.models import Q, QuerySet
from django.utils.translation import gettext as _

from huiying.channels.models import Message
from huiying.channels.models.endpoint import Channel
from huiying.customers.models import Order, Score
from huiying.customers.policies import may_see_amounts
from huiying.customers.story import Item, Kind, Strand, Wanted, kinds, saying, strands
from huiying.customers.verbs import MERGED, ORDERED, SCORED, UNMERGED
from huiying.journal.actors import Actor
from huiying.journal.models import Entry
from huiying.kit.templatetags.kit import money
from huiying.kit.text import shortened
from huiying.staff.queries import known_to

Subjects = dict[tuple[str, int], models.Model | None]
CHANNELS = dict(Channel.choices)
BY_CHANNEL = {
    "phone": (Channel.PHONE,),
    "email": (Channel.EMAIL,),
    "wechat": (Channel.WECHAT, Channel.WECOM),
    "online": (Channel.WEB, Channel.CHAT, Channel.SOCIAL, Channel.MANAGER, Channel.API, Channel.IMPORT),
}
LOW = 80  # of 100: who answers so is called (SPEC D5)
TOLD_BY_MESSAGE = ("message_received", "message_sent", "message_acknowledged")
TOLD_ON_THE_OTHER_SIDE = (MERGED.code, UNMERGED.code)  # who stays says it in words of their own


class OrderStrand(Strand):
    """What the customer bought, on the day they ordered."""

    moment = "ordered_on"
    tells = (ORDERED,)

    def rows(self, keys: Sequence[int], wanted: Wanted) -> QuerySet[Order]:
        if wanted.kinds and "orders" not in wanted.kinds:
            return Order.objects.none()
        columns = ("number", "product", "state", "logistics_number")
        return saying(Order.objects.filter(customer__in=keys), wanted.words, columns)

    def items(self, rows: Sequence[Order], by: Actor) -> dict[int, Item]:
        sees_amounts = may_see_amounts(by)
        return {order.pk: self.item(order, sees_amounts=sees_amounts) for order in rows}

    def item(self, order: Order, *, sees_amounts: bool) -> Item:
        bought = _("ordered %(product)s × %(quantity)s, order %(number)s") % {
            "product": order.product,
            "quantity": f"{order.quantity.normalize():f}",
            "number": order.number,
        }
        more = [money(order.amount) if sees_amounts else "", order.state, order.logistics_number]
        text = " · ".join([bought, *filter(None, more)])
        return Item(key=f"o{order.pk}", kind="event", at=self.at(order), text=text, day=order.ordered_on)


class ScoreStrand(Strand):
    """What the customer answered in surveys."""

    tells = (SCORED,)

    def rows(self, keys: Sequence[int], wanted: Wanted) -> QuerySet[Score]:
        if wanted.kinds and "surveys" not in wanted.kinds:
            return Score.objects.none()
        return saying(Score.objects.filter(customer__in=keys), wanted.words, ("survey", "points"))

    def items(self, rows: Sequence[Score], by: Actor) -> dict[int, Item]:
        return {score.pk: self.item(score) for score in rows}

    def item(self, score: Score) -> Item:
        told = SCORED.tell({"points": f"{score.points:g}"})
        text = f"{told} · {score.survey}" if score.survey else told
        return Item(key=f"s{score.pk}", kind="event", at=score.at, text=text, loud=score.points < LOW)


class MessageStrand(Strand):
    """Words between us and the customer; those on a case are told to whoever may see the case."""

    def rows(self, keys: Sequence[int], wanted: Wanted) -> QuerySet[Message]:
        said = Message.objects.filter(customer_id__in=keys).defer("html")
        if wanted.kinds and "messages" not in wanted.kinds:
            channels = [one for kind, some in BY_CHANNEL.items() if kind in wanted.kinds for one in some]
            if not channels and "cases" not in wanted.kinds:
                return said.none()
            about_cases = Q(subject_type__startswith="cases.") if "cases" in wanted.kinds else Q()
            said = said.filter(about_cases | Q(channel__in=channels) if channels else about_cases)
        return saying(said, wanted.words, ("text", "author_name"))

    def items(self, rows: Sequence[Message], by: Actor) -> dict[int, Item]:
        subjects = visible_subjects(rows, by)
        return {row.pk: about(subjects[key], self.item(row)) for row in rows if (key := key_of(row)) in subjects}

    def item(self, message: Message) -> Item:
        channel = str(CHANNELS.get(message.channel, ""))
        who = message.author_name or (_("the system") if message.is_outgoing else _("customer"))
        return Item(
            key=f"m{message.pk}",
            kind="out" if message.is_outgoing else "in",
            at=message.at,
            text=message.text,
            who=f"{who} · {channel}" if channel else who,
        )


class JournalStrand(Strand):
    """What was done, as the journal tells it; without what other strands tell."""

    finds_words = False  # how a line reads is known only once it is told

    def rows(self, keys: Sequence[int], wanted: Wanted) -> QuerySet[Entry]:
        told = Entry.objects.of_customers(list(keys)).exclude(verb__in=[*TOLD_BY_MESSAGE, *told_elsewhere()])
        told = told.exclude(Q(verb__in=TOLD_ON_THE_OTHER_SIDE) & ~Q(customer_id=keys[0]))
        for word in wanted.words:
            named = [one.saying(word, keys) for kind in kinds() for one in kind.named]
            told = told.perhaps_saying(word, *named)
        return told.filter(of_kinds(wanted.kinds)) if wanted.kinds else told

    def items(self, rows: Sequence[Entry], by: Actor) -> dict[int, Item]:
        subjects = visible_subjects(rows, by)
        return {row.pk: about(subjects[key], self.item(row, by)) for row in rows if (key := key_of(row)) in subjects}

    def item(self, entry: Entry, by: Actor) -> Item:
        verb = entry.declared
        return Item(
            key=f"e{entry.pk}",
            kind="event",
            at=entry.at,
            text=entry.sentence_for(by),
            who=entry.actor_name if entry.actor_kind != "system" else "",
            loud=bool(verb and verb.loud),
        )


def told_elsewhere() -> list[str]:
    return [verb.code for strand in strands() for verb in strand.tells]


def of_kinds(codes: Iterable[str]) -> Q:
    """Return the condition on entries of any of these kinds; it holds for none where the journal tells none of them."""
    condition = Q(pk__in=())
    for kind in kinds():
        if kind.code in codes:
            condition |= _of_kind(kind)
    return condition


def _of_kind(kind: Kind) -> Q:
    """What fits a longer label, or is a deed, of another kind belongs there."""
    others = [other for other in kinds() if other.code != kind.code]
    longer = [label for other in others for label in other.subjects if label.startswith(kind.subjects)]
    theirs = [verb.code for other in others for verb in other.verbs]
    mine = Q(pk__in=())
    for label in kind.subjects:
        mine |= Q(subject_type__startswith=label) if label.endswith(".") else Q(subject_type=label)
    own = mine & ~Q(subject_type__in=longer) & ~Q(verb__in=theirs)
    return own | Q(verb__in=[verb.code for verb in kind.verbs])


def key_of(row: Entry | Message) -> tuple[str, int]:
    return row.subject_type, row.subject_id


def about(subject: models.Model | None, line: Item) -> Item:
    address = getattr(subject, "get_absolute_url", str)() if subject is not None else ""
    return replace(line, subject=shortened(str(subject or ""), 40), address=address)


def visible_subjects(rows: Sequence[Entry | Message], by: Actor) -> Subjects:
    """Return what the rows are about, as far as the actor may see it; one statement for each kind of thing.

    Our own rows are as visible as the customer. A thing of a higher app says itself who sees it (`visible_to`);
    where it says nothing, nobody does.
    """
    wanted: dict[str, set[int]] = {}
    for row in rows:
        wanted.setdefault(row.subject_type, set()).add(row.subject_id)
    found: Subjects = {}
    for label, keys in wanted.items():
        if label.startswith("customers."):
            found |= {(label, key): None for key in keys}
        else:
            found |= {(label, thing.pk): thing for thing in visible_things(label, keys, by)}
    return found


def visible_things(label: str, keys: set[int], by: Actor) -> Iterable[models.Model]:
    try:
        manager: Any = apps.get_model(label)._default_manager
    except LookupError:
        return []
    if not hasattr(manager, "visible_to"):
        return []
    return known_to(manager.visible_to(by).filter(pk__in=keys), by)
