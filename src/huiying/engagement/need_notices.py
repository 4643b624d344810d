"""Who is told of what happens to a need; wired in `huiying.wiring`."""

from __future__ import annotations

from huiying.engagement import need_verbs as verbs
from huiying.engagement.models.need import Need
from huiying.engagement.queries.complaints import complaining
from huiying.journal.models import Entry
from huiying.kit.text import shortened
from huiying.notifications.matrix import Event, Relation
from huiying.notifications.models import Notice
from huiying.notifications.notices import Word, tell

EVENTS = {
    verbs.SUGGESTED.code: Event.ACTION,
    verbs.CONSULTED.code: Event.ACTION,
    verbs.ANSWERED.code: Event.DECIDED,
    verbs.OVERDUE.code: Event.DEADLINE,
    verbs.QUESTION_OVERDUE.code: Event.DEADLINE,
}


def tell_the_owner(need: Need, entry: Entry) -> None:
    """Its owner; of a suggestion not while a complaint of the customer is open."""
    if entry.verb == verbs.SUGGESTED.code and complaining([need.customer_id]):
        return
    say(need, entry, need.owner_id)


def tell_the_consulted(need: Need, entry: Entry) -> None:
    """Whoever was asked, or owes the answer."""
    say(need, entry, entry.facts.get("person_id"))


def tell_who_asked(need: Need, entry: Entry) -> None:
    say(need, entry, entry.facts.get("asked_by") or need.owner_id)


def say(need: Need, entry: Entry, person: object) -> None:
    late = EVENTS[entry.verb] is Event.DEADLINE
    word = Word(
        event=EVENTS[entry.verb],
        headline=shortened(f"{need.customer.name} · {need}", 200),
        link=need.get_absolute_url(),
        weight=Notice.Weight.WARNING if late else Notice.Weight.NEWS,
    )
    tell({Relation.MINE: [person if isinstance(person, int) else None]}, entry, word)
