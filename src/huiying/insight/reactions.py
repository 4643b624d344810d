"""Who is told of warnings and plays."""

from __future__ import annotations

from huiying.cases.alarms import GENTLE, called
from huiying.deadlines.models import Clock
from huiying.deadlines.models.policy import Recipient
from huiying.insight.models import ChurnWarning, Play
from huiying.journal.models import Entry
from huiying.notifications.matrix import Event, Relation
from huiying.notifications.models import Notice
from huiying.notifications.notices import Word, tell


def tell_the_manager(warning: ChurnWarning, entry: Entry) -> None:
    """The customer's account manager hears of a new warning."""
    if warning.is_standing:
        word = Word(event=Event.AT_RISK, headline=warning.customer.name, link=warning.get_absolute_url())
        tell({Relation.MINE: [warning.customer.owner_id]}, entry, word)


def tell_the_owner(play: Play, entry: Entry) -> None:
    """Who shall win the customer back hears of it."""
    word = Word(event=Event.AT_RISK, headline=str(play), link=play.get_absolute_url())
    tell({Relation.MINE: [play.owner_id]}, entry, word)


def call_in(play: Play, entry: Entry) -> None:
    """A step's clock rang: tell whom the ladder names, once."""
    clock = Clock.objects.filter(pk=entry.facts.get("clock")).select_related("policy").first()
    if entry.facts.get("quiet") or clock is None or not clock.is_live:
        return
    before, asked = called(str(entry.facts.get("to", Recipient.OWNER)), clock)
    gentle, mine = entry.verb in GENTLE, {clock.owner_id}
    word = Word(
        event=Event.DEADLINE if gentle else Event.ESCALATION,
        headline=str(play),
        link=play.get_absolute_url(),
        weight=Notice.Weight.WARNING if gentle else Notice.Weight.ESCALATION,
    )
    people = before | asked
    tell({Relation.MINE: people & mine, Relation.TEAM: people - mine}, entry, word)
