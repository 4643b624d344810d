"""What account managers are told of their plans; wired in `huiying.wiring`."""

from __future__ import annotations

from django.urls import reverse
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from huiying.journal.models import Entry
from huiying.notifications.matrix import Event, Relation
from huiying.notifications.models import Notice
from huiying.notifications.notices import Word, tell
from huiying.staff.models import User


def tell_of_the_day(owner: User, entry: Entry) -> None:
    """One line for the morning, with the way to the week."""
    say(owner, entry, line_of(entry), reverse("engagement:care"), Notice.Weight.NEWS)


def tell_of_a_colleagues_day(substitute: User, entry: Entry) -> None:
    """One line for who stands in, saying for whom, with the way to that colleague's week."""
    facts = entry.facts
    said = _("For %(name)s, who is away: %(line)s") % {"name": facts.get("name", ""), "line": line_of(entry)}
    link = f"{reverse('engagement:care')}?{urlencode({'whose': facts.get('username', '')})}"
    say(substitute, entry, said, link, Notice.Weight.NEWS)


def line_of(entry: Entry) -> str:
    """Say how many contacts are planned for today and how many are overdue."""
    due, overdue = int(entry.facts.get("today", 0)), int(entry.facts.get("overdue", 0))
    words = ngettext("%(n)s contact planned for today", "%(n)s contacts planned for today", due) % {"n": due}
    late = ngettext("%(n)s contact is overdue", "%(n)s contacts are overdue", overdue) % {"n": overdue}
    if due and overdue:
        return _("%(today)s, %(overdue)s") % {"today": words, "overdue": late}
    return words if due else late


def tell_of_the_missed(owner: User, entry: Entry) -> None:
    """However many were missed, one line with the way to their list."""
    count = int(entry.facts.get("count", 0))
    headline = ngettext("%(n)s planned contact was missed", "%(n)s planned contacts were missed", count) % {"n": count}
    link = f"{reverse('engagement:contacts')}?{urlencode({'state': 'missed', 'whose': 'me'})}"
    say(owner, entry, headline, link, Notice.Weight.WARNING)


def say(owner: User, entry: Entry, headline: str, link: str, weight: str) -> None:
    tell({Relation.MINE: [owner.pk]}, entry, Word(event=Event.CARE, headline=headline, link=link, weight=weight))
