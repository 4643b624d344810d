"""GET cases/{number}/timeline: deeds, words and notes in the order they happened."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any, Literal

from django.db import models
from django.db.models import Q
from django.utils.dateparse import parse_datetime
from django.utils.translation import gettext_noop as _
from ninja import Query, Schema

from huiying.cases.api.conversation import MessageShown, message_shown
from huiying.cases.api.note import NoteShown, note_shown
from huiying.cases.api.router import router
from huiying.cases.api.shown import visible_case
from huiying.cases.models import Case, Note
from huiying.cases.verbs import NOTED, RECEIVED_WORD, SENT_WORD
from huiying.channels.models import Message
from huiying.journal.models import Entry
from huiying.kit.paging import make_cursor, read_cursor
from huiying.kit.rest import Moment, Page, PageOf
from huiying.staff.http import ApiRequest

TOLD_BY_THEMSELVES = (SENT_WORD.code, RECEIVED_WORD.code, NOTED.code)  # the words themselves stand beside


class CaseHappening(Schema):
    """One thing on the timeline: a deed of the journal (`entry`), a message, or a note."""

    what: Literal["entry", "message", "note"]
    at: Moment
    actor: str
    sentence: str
    verb: str
    facts: dict[str, Any]
    message: MessageShown | None = None
    note: NoteShown | None = None


@dataclass(frozen=True, order=True)
class Place:
    """Where something stands: at one moment deeds come first, then words, then notes."""

    at: datetime
    rank: int
    key: int

    def after(self, rank: int) -> Q:
        """Return the condition on rows of this rank that stand after the place."""
        further = Q(at__gt=self.at)
        if rank < self.rank:
            return further
        return further | Q(at=self.at, pk__gt=self.key if rank == self.rank else 0)


@router.get("/cases/{number}/timeline", response=Page[CaseHappening], summary=_("Tell what happened, in order"))
def timeline(request: ApiRequest, number: str, ask: Query[PageOf]) -> Page[CaseHappening]:
    case = visible_case(request, number)
    found = sorted(happenings(case, place_of(ask.cursor, case), at_most=ask.limit + 1), key=lambda found: found[0])
    page = found[: ask.limit]
    more = make_cursor(name_of(case), *written(page[-1][0])) if len(found) > ask.limit else None
    return Page(items=[shown(thing) for _place, thing in page], next_cursor=more)


def happenings(case: Case, begin: Place | None, *, at_most: int) -> list[tuple[Place, models.Model]]:
    """Return the next rows of each kind, each with its place; enough of them for one page."""
    sources: list[models.QuerySet[Any]] = [
        Entry.objects.about(case).exclude(verb__in=TOLD_BY_THEMSELVES),
        Message.objects.about(case).prefetch_related("attachments"),
        Note.objects.filter(case=case).select_related("author"),
    ]
    found = []
    for rank, rows in enumerate(sources):
        held = rows.filter(begin.after(rank)) if begin else rows
        found += [(Place(row.at, rank, row.pk), row) for row in held.order_by("at", "pk")[:at_most]]
    return found


def shown(thing: models.Model) -> CaseHappening:
    if isinstance(thing, Message):
        return CaseHappening(**words_of(thing, actor=thing.author_name), message=message_shown(thing))
    if isinstance(thing, Note):
        return CaseHappening(**words_of(thing, actor=thing.author.name if thing.author else ""), note=note_shown(thing))
    assert isinstance(thing, Entry)
    return CaseHappening(
        what="entry",
        at=thing.at,
        actor=thing.actor_name,
        sentence=thing.sentence,
        verb=thing.verb,
        facts=thing.facts,
    )


def words_of(thing: Message | Note, *, actor: str) -> dict[str, Any]:
    verb = NOTED if isinstance(thing, Note) else SENT_WORD if thing.is_outgoing else RECEIVED_WORD
    what = "note" if isinstance(thing, Note) else "message"
    return {
        "what": what,
        "at": thing.at,
        "actor": actor,
        "sentence": str(verb.sentence),
        "verb": verb.code,
        "facts": {},
    }


def place_of(cursor: str, case: Case) -> Place | None:
    if not cursor:
        return None
    at, rank, key = read_cursor(cursor, of=name_of(case), size=3)
    moment = parse_datetime(at)
    assert moment is not None
    return Place(moment, rank, key)


def written(place: Place) -> tuple[str, int, int]:
    return place.at.isoformat(), place.rank, place.key


def name_of(case: Case) -> str:
    return f"timeline {case.number}"
