"""Who is told of what happens to an onboarding; wired in `huiying.wiring`."""

from __future__ import annotations

from huiying.cases.alarms import leads_of, present
from huiying.engagement.models import MeetingTask, Onboarding
from huiying.journal.models import Entry
from huiying.kit.text import shortened
from huiying.notifications.matrix import Event, Relation
from huiying.notifications.notices import Word, tell


def tell_who_begins(onboarding: Onboarding, entry: Entry) -> None:
    """Its owner; as long as there is none, who leads the customer's team."""
    if onboarding.owner_id is not None:
        say(onboarding, entry, Event.CARE, onboarding.owner_id)
    else:
        leads = present(leads_of(onboarding.customer.team_id))
        tell({Relation.TEAM: leads}, entry, word_of(onboarding, Event.ACTION))


def tell_the_owner(onboarding: Onboarding, entry: Entry) -> None:
    """Whoever was just named."""
    person = entry.facts.get("to_id")
    say(onboarding, entry, Event.CARE, person if isinstance(person, int) else None)


def tell_who_owes(onboarding: Onboarding, entry: Entry) -> None:
    """Whoever got a task in the meeting that was just noted."""
    tasks = MeetingTask.objects.filter(meeting__onboarding=onboarding, meeting__noted_at=entry.at)
    for person in sorted(set(tasks.values_list("owner", flat=True))):
        say(onboarding, entry, Event.ACTION, person)


def say(onboarding: Onboarding, entry: Entry, event: Event, person: int | None) -> None:
    tell({Relation.MINE: [person]}, entry, word_of(onboarding, event))


def word_of(onboarding: Onboarding, event: Event) -> Word:
    return Word(event=event, headline=shortened(str(onboarding), 200), link=onboarding.get_absolute_url())
