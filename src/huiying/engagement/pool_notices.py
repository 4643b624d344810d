"""Who is told of what the pool does, and what follows from a change of the archive; wired in `huiying.wiring`."""

from __future__ import annotations

from django.db.models import Count
from django.urls import reverse
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from huiying.customers.models import Customer
from huiying.engagement import pool_verbs as verbs
from huiying.engagement.actions.holding import note_new_owner
from huiying.engagement.models import Succession
from huiying.engagement.models.succession import SuccessionLine
from huiying.journal.models import Entry
from huiying.kit.text import shortened
from huiying.notifications.matrix import Event, Relation
from huiying.notifications.models import Notice
from huiying.notifications.notices import Word, tell


def tell_the_owner(customer: Customer, entry: Entry) -> None:
    """Whoever looks after the customer, or did until now."""
    is_lost = entry.verb != verbs.WARNED.code
    pool = f"{reverse('engagement:pool')}?{urlencode({'q': customer.number})}"
    weight = Notice.Weight.NEWS if is_lost else Notice.Weight.WARNING
    say(customer, entry, entry.facts.get("owner_id"), weight, link=pool if is_lost else customer.get_absolute_url())


def tell_the_successor(customer: Customer, entry: Entry) -> None:
    """Whoever got the customer from somebody else's hand."""
    say(customer, entry, entry.facts.get("to_id"), Notice.Weight.NEWS, link=customer.get_absolute_url())


def tell_of_hand_over(batch: Succession, entry: Entry) -> None:
    """Each successor, once for all they got; and who prepared it, where it took effect on a later day."""
    given = batch.lines.filter(result=SuccessionLine.Result.GIVEN).order_by()
    for person, count in given.values_list("to").annotate(Count("pk")):
        words = ngettext("%(n)s thing taken over from %(name)s", "%(n)s things taken over from %(name)s", count)
        headline = words % {"n": count, "name": batch.leaver.name}
        tell_one(person, entry, headline, link=reverse("engagement:handover_mine"))
    if batch.takes_effect_on:
        headline = _("The work of %(name)s was handed over") % {"name": batch.leaver.name}
        tell_one(batch.made_by_id, entry, headline, link=batch.get_absolute_url())


def tell_of_stopped_hand_over(batch: Succession, entry: Entry) -> None:
    """Who prepared it: it could not begin on its day."""
    headline = _("The hand-over of the work of %(name)s could not begin") % {"name": batch.leaver.name}
    tell_one(batch.made_by_id, entry, headline, link=batch.get_absolute_url(), weight=Notice.Weight.WARNING)


def tell_one(
    person: int, entry: Entry, headline: str, *, link: str, weight: Notice.Weight = Notice.Weight.NEWS
) -> None:
    word = Word(event=Event.CARE, headline=shortened(headline, 200), link=link, weight=weight)
    tell({Relation.MINE: [person]}, entry, word)


def note_change_of_owner(customer: Customer, entry: Entry) -> None:
    """Keep the record of who looked after whom true where the archive was changed by hand or by an import."""
    if "owner" in entry.facts.get("fields", ()):
        note_new_owner(customer, at=entry.at)


def say(customer: Customer, entry: Entry, person: object, weight: str, *, link: str) -> None:
    word = Word(event=Event.CARE, headline=shortened(customer.name, 200), link=link, weight=weight)
    tell({Relation.MINE: [person if isinstance(person, int) else None]}, entry, word)
