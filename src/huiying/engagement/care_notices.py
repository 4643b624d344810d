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
    due, overdue = int(entry.facts.get("today", 0)), int(entry.facts.get("overdue", 0))
    words = ngettext("%(n)s contact planned for today", "%(n)s contacts planned for today", due) % {"n": due}
    late = ngettext("%(n)s contact is overdue", "%(n)s contacts are overdue", overdue) % {"n": overdue}
    headline = _("%(today)s, %(overdue)s") % {"today": words, "overdue": late} if due and overdue else words
    say(owner, entry, headline if due else late, reverse("engagement:care"), Notice.Weight.NEWS)


def tell_of_the_missed(owner: User, entry: Entry) -> None:
    """However many were missed, one line with the way to their list."""
    count = int(entry.facts.get("count", 0))
    headline = ngettext("%(n)s planned contact was missed", "%(n)s planned contacts were missed", count) % {"n": count}
    link = f"{reverse('engagement:contacts')}?{urlencode({'state': 'missed'})}"
    say(owner, entry, headline, link, Notice.Weight.WARNING)


def say(owner: User, entry: Entry, headline: str, link: str, weight: str) -> None:
    tell({Relation.MINE: [owner.pk]}, entry, Word(event=Event.CARE, headline=headline, link=link, weight=weight))
