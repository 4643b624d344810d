"""Who is called when a clock rings of something that is no case."""

from __future__ import annotations

from typing import Protocol

from huiying.cases.alarms import GENTLE, called
from huiying.deadlines.models import Clock
from huiying.deadlines.models.policy import Recipient
from huiying.journal.models import Entry
from huiying.notifications.matrix import Event, Relation
from huiying.notifications.models import Notice
from huiying.notifications.notices import Word, tell


class Watched(Protocol):
    """Whatever has clocks and a page."""

    def get_absolute_url(self) -> str: ...


def call_in(watched: Watched, entry: Entry) -> None:
    """A clock rang: tell whom the ladder names, once."""
    clock = Clock.objects.filter(pk=entry.facts.get("clock")).select_related("policy").first()
    if entry.facts.get("quiet") or clock is None or not clock.is_live:
        return
    before, asked = called(str(entry.facts.get("to", Recipient.OWNER)), clock)
    gentle, mine = entry.verb in GENTLE, {clock.owner_id}
    word = Word(
        event=Event.DEADLINE if gentle else Event.ESCALATION,
        headline=str(watched),
        link=watched.get_absolute_url(),
        weight=Notice.Weight.WARNING if gentle else Notice.Weight.ESCALATION,
    )
    people = before | asked
    tell({Relation.MINE: people & mine, Relation.TEAM: people - mine}, entry, word)
