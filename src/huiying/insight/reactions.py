"""Who is told of warnings and plays."""

from __future__ import annotations

from huiying.engagement import alarms
from huiying.insight.models import ChurnWarning, Play
from huiying.journal.models import Entry
from huiying.notifications.matrix import Event, Relation
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
    alarms.call_in(play, entry)
