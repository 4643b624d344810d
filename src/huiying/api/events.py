"""GET events: what happened to cases and customers, each deed once, for programs that follow along."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any

from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_noop as _
from ninja import Query, Router, Schema

from huiying.api.search import What
from huiying.cases.models import Case
from huiying.customers.models import Customer
from huiying.journal.models import Entry
from huiying.journal.tail import settled
from huiying.kit.paging import make_cursor, read_cursor
from huiying.kit.rest import Code, Moment, PageOf
from huiying.staff.actors import StaffActor
from huiying.staff.http import ApiRequest

router = Router(tags=["finding"])
SUBJECTS: dict[str, tuple[What, type[Case] | type[Customer]]] = {
    Case._meta.label_lower: (What.CASE, Case),
    Customer._meta.label_lower: (What.CUSTOMER, Customer),
}
LOOKED_AT_ONCE = 1_000
LOOKS = 5


class Event(Schema):
    """A deed: what it was done to, by whom, and its facts; `verb` is a stable word."""

    id: int
    at: Moment
    verb: str
    sentence: str
    actor: str
    what: Code[What]
    number: str
    facts: dict[str, Any]


class Events(Schema):
    """Ask again with `next_cursor`, at once or later: it is never null. A page may be empty and yet move on."""

    items: list[Event]
    next_cursor: str


@router.get("/events", response=Events, summary=_("Follow what happens"))
def events(request: ApiRequest, ask: Query[PageOf]) -> Events:
    (last,) = read_cursor(ask.cursor, of="events", size=1) if ask.cursor else (0,)
    found: list[Event] = []
    for entry, event in looked_through(last, by=request.actor):
        last = entry.pk
        found += [event] if event else []
        if len(found) == ask.limit:
            break
    return Events(items=found, next_cursor=make_cursor("events", last))


def looked_through(after: int, *, by: StaffActor) -> Iterator[tuple[Entry, Event | None]]:
    """Yield entry by entry with what may be told of it, no more than a few thousand a call."""
    for _look in range(LOOKS):
        entries = settled(after, now=timezone.now(), at_most=LOOKED_AT_ONCE)
        yield from told(entries, by=by)
        if len(entries) < LOOKED_AT_ONCE:
            return
        after = entries[-1].pk


def told(entries: list[Entry], *, by: StaffActor) -> Iterator[tuple[Entry, Event | None]]:
    """Yield each entry with its event, or None where it is not for these eyes; two statements for all of them."""
    numbers = {label: numbers_of(model, entries, by=by) for label, (_what, model) in SUBJECTS.items()}
    for entry in entries:
        number = numbers.get(entry.subject_type, {}).get(entry.subject_id)
        yield entry, event_of(entry, number, by=by) if number else None


def numbers_of(model: type[Case] | type[Customer], entries: Iterable[Entry], *, by: StaffActor) -> dict[int, str]:
    keys = {entry.subject_id for entry in entries if entry.subject_type == model._meta.label_lower}
    visible: models.QuerySet[Any] = model.objects.visible_to(by)
    return dict(visible.filter(pk__in=keys).values_list("pk", "number")) if keys else {}


def event_of(entry: Entry, number: str, *, by: StaffActor) -> Event:
    return Event(
        id=entry.pk,
        at=entry.at,
        verb=entry.verb,
        sentence=entry.sentence_for(by),
        actor=entry.actor_name,
        what=SUBJECTS[entry.subject_type][0],
        number=number,
        facts=entry.facts_for(by),
    )
