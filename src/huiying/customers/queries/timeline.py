"""One timeline of a customer: whatever was done or said, newest first, read a page at a time (SPEC A2)."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any, Literal

from django.apps import apps
from django.db import models
from django.db.models import Q, QuerySet
from django.utils.translation import gettext as _

from huiying.channels.models import Message
from huiying.channels.models.endpoint import Channel
from huiying.customers.models import Customer
from huiying.customers.queries.merged import keys_of
from huiying.customers.verbs import MERGED, UNMERGED
from huiying.journal.actors import Actor
from huiying.journal.models import Entry
from huiying.kit.paging import make_cursor, read_cursor
from huiying.kit.text import shortened

PAGE = 30
ROUNDS = 4  # pages looked at before an almost empty one is shown, where much is hidden from the reader
CURSOR = "customer-timeline"
CHANNELS = dict(Channel.choices)
ABOUT = {
    "all": Q(),
    "cases": Q(subject_type__startswith="cases."),
    "orders": Q(subject_type="customers.order"),
    "interactions": Q(subject_type="engagement.interaction"),
    "archive": Q(subject_type__startswith="customers.") & ~Q(subject_type="customers.order"),
}
TOLD_BY_MESSAGE = ("message_received", "message_sent", "message_acknowledged")
TOLD_ON_THE_OTHER_SIDE = (MERGED.code, UNMERGED.code)  # who stays says it in words of their own
Source = Entry | Message


@dataclass(frozen=True, kw_only=True)
class Item:
    """One line. `kind` is "event", "in" or "out"; `subject` and `address` name what it is about, where that is not
    the customer. `said` is what somebody wrote down of it, where the thing keeps words (`timeline_words`)."""

    key: str
    kind: Literal["event", "in", "out"]
    at: datetime
    text: str
    who: str = ""
    subject: str = ""
    address: str = ""
    said: str = ""
    loud: bool = False


@dataclass(frozen=True)
class Page:
    items: list[Item]
    next_cursor: str | None


def timeline(customer: Customer, *, by: Actor, about: str = "all", cursor: str = "", limit: int = PAGE) -> Page:
    """Return a page of what the actor may see. Raises BadInput for a cursor of another list.

    What concerns a case stays hidden from whoever may not see the case.
    """
    before: Sequence[int] = read_cursor(cursor, of=CURSOR, size=2) if cursor else (2**62, 2**62)
    items: list[Item] = []
    for _round in range(ROUNDS):
        rows = list(merged(entries(customer, about, before[0], limit), messages(customer, about, before[1], limit)))
        taken = rows[: limit - len(items)]
        items += seen(taken, by)
        before = after(taken, before)
        if len(rows) <= len(taken):
            return Page(items, None)
        if len(items) >= limit // 2:
            break
    return Page(items, make_cursor(CURSOR, *before))


def entries(customer: Customer, about: str, before: int, limit: int) -> QuerySet[Entry]:
    own = Entry.objects.of_customers(keys_of(customer)).filter(ABOUT.get(about, Q()), id__lt=before)
    if about == "messages":
        return own.none()
    told = own.exclude(Q(verb__in=TOLD_ON_THE_OTHER_SIDE) & ~Q(customer_id=customer.pk))
    return told.exclude(verb__in=TOLD_BY_MESSAGE).order_by("-id")[: limit + 1]


def messages(customer: Customer, about: str, before: int, limit: int) -> QuerySet[Message]:
    said = Message.objects.filter(customer_id=customer.pk, id__lt=before).defer("html").order_by("-id")[: limit + 1]
    return said if about in {"all", "messages"} else Message.objects.none()


def merged(done: Iterable[Entry], said: Iterable[Message]) -> Iterator[Source]:
    """Yield both, the later first; each keeps its own order, so that none is lost between two pages."""
    left, right = list(done), list(said)
    while left or right:
        if left and (not right or left[0].at >= right[0].at):
            yield left.pop(0)
        else:
            yield right.pop(0)


def after(taken: Sequence[Source], before: Sequence[int]) -> tuple[int, int]:
    """Return the position behind the rows taken: the last key of either kind."""
    done = [row.pk for row in taken if isinstance(row, Entry)]
    said = [row.pk for row in taken if isinstance(row, Message)]
    return (done[-1] if done else before[0], said[-1] if said else before[1])


def seen(rows: Sequence[Source], by: Actor) -> list[Item]:
    subjects = visible_subjects(rows, by)
    return [item(row, subjects[row.subject_type, row.subject_id], by) for row in rows
            if (row.subject_type, row.subject_id) in subjects]  # fmt: skip


def visible_subjects(rows: Sequence[Source], by: Actor) -> dict[tuple[str, int], models.Model | None]:
    """Return what the rows are about, as far as the actor may see it; one statement for each kind of thing.

    Our own rows are as visible as the customer. A thing of a higher app says itself who sees it (`visible_to`);
    where it says nothing, nobody does.
    """
    wanted: dict[str, set[int]] = {}
    for row in rows:
        wanted.setdefault(row.subject_type, set()).add(row.subject_id)
    found: dict[tuple[str, int], models.Model | None] = {}
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
    return manager.visible_to(by).filter(pk__in=keys) if hasattr(manager, "visible_to") else []


def item(row: Source, subject: models.Model | None, by: Actor) -> Item:
    address = getattr(subject, "get_absolute_url", str)() if subject is not None else ""
    line = message_item(row) if isinstance(row, Message) else entry_item(row, by)
    said = str(getattr(subject, "timeline_words", ""))
    return replace(line, subject=shortened(str(subject or ""), 40), address=address, said=said)


def message_item(message: Message) -> Item:
    channel = str(CHANNELS.get(message.channel, ""))
    who = message.author_name or (_("the system") if message.is_outgoing else _("customer"))
    return Item(
        key=f"m{message.pk}",
        kind="out" if message.is_outgoing else "in",
        at=message.at,
        text=shortened(message.text, 300),
        who=f"{who} · {channel}" if channel else who,
    )


def entry_item(entry: Entry, by: Actor) -> Item:
    verb = entry.declared
    return Item(
        key=f"e{entry.pk}",
        kind="event",
        at=entry.at,
        text=entry.sentence_for(by),
        who=entry.actor_name if entry.actor_kind != "system" else "",
        loud=bool(verb and verb.loud),
    )
