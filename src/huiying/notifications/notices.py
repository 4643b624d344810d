"""Telling people: one notice per person and entry, and its dispatches, written inside the reaction's transaction."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db import transaction
from django.utils.timezone import now

from huiying.journal.actors import ActorKind
from huiying.journal.models import Entry
from huiying.notifications.habits import Habits, habits_of, with_habits
from huiying.notifications.matrix import Event, Relation, Road, cell_of
from huiying.notifications.models import Call, Dispatch, Notice, Terms
from huiying.notifications.reach import Open, open_roads
from huiying.notifications.timing import after_quiet, next_mail
from huiying.staff.models import User

NOW_OR_NEVER = frozenset({Notice.Weight.ESCALATION.value})


@dataclass(frozen=True, kw_only=True)
class Word:
    """What is told: its event, one line to read and where it leads. `breaks_quiet` may disturb the night.

    One of those in `asks` must acknowledge it. What is `discreet` is said in no group: not everybody there may know.
    """

    event: Event
    headline: str
    link: str
    weight: str = Notice.Weight.NEWS
    breaks_quiet: bool = False
    discreet: bool = False
    asks: frozenset[int] = frozenset()


Audience = Mapping[Relation, Iterable[int | None]]


@transaction.atomic
def tell(audience: Audience, entry: Entry, word: Word) -> None:
    """Leave a notice of the entry with each person, over the roads they wish (keys; None and who acted are left out).

    Whoever is named under several relations is told once, as the first of them.
    """
    why = reasons(audience)
    if entry.actor_kind == ActorKind.STAFF and entry.actor_id:
        why.pop(entry.actor_id, None)
    told = set(Notice.objects.filter(entry=entry, user__in=list(why)).values_list("user_id", flat=True))
    people = with_habits(why.keys() - told)
    roads = roads_to(people, word)
    call = called(entry, word, [person for person in people if person.pk in word.asks])
    notices, dispatches = [], []
    for person in people:
        wished = habits_of(person)
        over = wished.over(cell_of(word.event, why[person.pk]))
        over = over | {Road.APP} if over and word.discreet else over  # the groups that were wished are left out
        beyond = sorted((over - {Road.APP}) & roads[person.pk].keys())
        if Road.APP not in over and not beyond:
            continue
        notice = noted(person, entry, word, shown=Road.APP in over)
        notice.call = call if person.pk in word.asks else None
        notices.append(notice)
        dispatches += [
            Dispatch(notice=notice, road=road, robot=roads[person.pk][road], due_at=leaves(word, road, wished, now()))
            for road in beyond
        ]
    Notice.objects.bulk_create(notices)
    Dispatch.objects.bulk_create(dispatches)


def roads_to(people: Sequence[User], word: Word) -> dict[int, Open]:
    """Return by person the roads beyond Huiying that may carry the word; what is discreet, over no group's robot."""
    roads = open_roads(people) if people else {}
    if not word.discreet:
        return roads
    return {key: {road: by for road, by in some.items() if by is None or by.user_id} for key, some in roads.items()}


def reasons(audience: Audience) -> dict[int, Relation]:
    why: dict[int, Relation] = {}
    for relation in Relation:
        for key in audience.get(relation, ()):
            if key is not None:
                why.setdefault(key, relation)
    return why


def called(entry: Entry, word: Word, asked: Sequence[User]) -> Call | None:
    """Begin to wait for an answer where somebody is asked; the minutes run from the end of their quiet hours."""
    if not asked:
        return None
    minutes = Terms.now().answer_minutes
    heard = min(leaves(word, Road.APP, habits_of(person), now()) for person in asked)
    settled_at = None if minutes else now()  # it asks for a word, but nothing follows where none is given
    return Call.objects.create(entry=entry, answer_by=heard + timedelta(minutes=minutes), settled_at=settled_at)


def noted(person: User, entry: Entry, word: Word, *, shown: bool) -> Notice:
    """Return the notice, not yet written; one that goes over other roads only counts as read and rings no bell."""
    return Notice(
        user=person,
        entry=entry,
        event=word.event,
        weight=word.weight,
        headline=word.headline[:200],
        link=word.link,
        at=entry.at,
        read_at=None if shown else entry.at,
    )


def leaves(word: Word, road: str, wished: Habits, at: datetime) -> datetime:
    """Return when it may leave: mails in their rhythm, nothing in the quiet hours but what breaks them.

    An escalation waits for no digest.
    """
    if road == Road.MAIL and word.weight not in NOW_OR_NEVER:
        at = next_mail(wished, at=at)
    if word.breaks_quiet and wished.breaks_quiet:
        return at
    return after_quiet(wished, at=at)
