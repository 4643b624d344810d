"""One timeline of a case: what was done, what was said, what was noted, in the order it happened."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime
from itertools import groupby

from django.utils.translation import gettext as _

from huiying.cases.models import Case, Merge, Note, Split
from huiying.cases.queries.detail import Rows
from huiying.cases.queries.splits import copies_taken_back
from huiying.cases.verbs import ACKNOWLEDGED, INFORMED, NOTED, RECEIVED_WORD, SENT_WORD
from huiying.channels.models import Attachment, Message
from huiying.channels.models.endpoint import Channel
from huiying.deadlines.verbs import (
    DROPPED,
    ESCALATED,
    FOLLOW_UP,
    MISSED,
    PAUSE_ENDED,
    REPLANNED,
    TOLD,
    WARNED,
)
from huiying.journal.models import Entry

CLOCKS = frozenset(verb.code for verb in (TOLD, WARNED, MISSED, ESCALATED, REPLANNED, DROPPED, FOLLOW_UP, PAUSE_ENDED))
FOLDED_FROM = 3
TOLD_OTHERWISE = frozenset(verb.code for verb in (RECEIVED_WORD, SENT_WORD, ACKNOWLEDGED, INFORMED, NOTED))
LATEST = 400
CHANNELS = dict(Channel.choices)


@dataclass(frozen=True, kw_only=True)
class Item:
    """One line of the timeline. `kind` is "event", "in", "out", "note" or "clocks"; `key` stays the same for ever.

    "clocks" stands for several neighbouring lines of clocks, `folded` into one that reads like the last. `origin` is
    the number of the merged case where it was said or noted, `went_to` those of the cases that words were taken to, and
    `split_at` the address where they can be.
    """

    key: str
    kind: str
    at: datetime
    text: str
    who: str = ""
    channel: str = ""
    loud: bool = False
    automatic: bool = False
    attachments: list[Attachment] = field(default_factory=list)
    undelivered: bool = False
    detail: str = ""
    by_clock: bool = False
    folded: list[Item] = field(default_factory=list)
    origin: str = ""
    went_to: str = ""
    split_at: str = ""

    @property
    def template(self) -> str:
        """The partial that draws it."""
        return {"event": "cases/_event.html", "note": "cases/_note.html", "clocks": "cases/_clock_lines.html"}.get(
            self.kind, "cases/_message.html"
        )


def timeline(
    case: Case, rows: Rows, merged: Sequence[Merge] = (), splits: Sequence[Split] = (), *, split_at: str = ""
) -> list[Item]:
    """Return the items in order, oldest first, with what `rows` tell of each deed; four look-ups however many.

    Of the merged cases, too, what was said and noted. `split_at` is where another matter is taken out.
    """
    origins = {case.pk: "", **{merge.source_id: merge.source.number for merge in merged}}
    entries = Entry.objects.about(case).exclude(verb__in=TOLD_OTHERWISE).order_by("-id")[:LATEST]
    messages = (
        Message.objects.filter(subject_type=case._meta.label_lower, subject_id__in=origins)
        .exclude(pk__in=copies_taken_back(splits, origins))
        .for_timeline()
        .order_by("-id")[:LATEST]
    )
    went_to = parts_by_words(splits)
    notes = (
        Note.objects.filter(case__in=origins)
        .select_related("author")
        .only("text", "at", "case_id", "author__name")
        .order_by("-id")[:LATEST]
    )
    items = [
        *(event_item(entry, rows) for entry in entries),
        *(
            message_item(message, origins[message.subject_id], went_to.get(message.pk, ""), split_at)
            for message in messages
        ),
        *(note_item(note, origins[note.case_id]) for note in notes),
    ]
    return folded(sorted(items, key=lambda item: (item.at, item.kind != "event", item.key)))


def folded(items: list[Item]) -> list[Item]:
    """Return the items with each long run of lines of clocks folded into one."""
    lines: list[Item] = []
    for by_clock, run in groupby(items, key=lambda item: item.by_clock):
        some = list(run)
        lines += [fold(some)] if by_clock and len(some) >= FOLDED_FROM else some
    return lines


def fold(run: list[Item]) -> Item:
    last, loud = run[-1], any(item.loud for item in run)
    return Item(key=f"f{run[0].key}", kind="clocks", at=last.at, text=last.text, loud=loud, folded=run)


def event_item(entry: Entry, rows: Rows) -> Item:
    verb = entry.declared
    return Item(
        key=f"e{entry.pk}",
        kind="event",
        at=entry.at,
        text=entry.sentence,
        who=entry.who,
        channel=channel_in_words(str(entry.facts.get("channel", ""))),
        loud=bool(verb and verb.loud),
        detail=rows.detail(entry),
        by_clock=entry.verb in CLOCKS,
    )


def parts_by_words(splits: Sequence[Split]) -> dict[int, str]:
    """Return by message the numbers of the cases that it was taken to."""
    taken: dict[int, list[str]] = defaultdict(list)
    for split in splits:
        for key in split.copies:
            taken[int(key)].append(split.part.number)
    return {key: ", ".join(numbers) for key, numbers in taken.items()}


def message_item(message: Message, origin: str = "", went_to: str = "", split_at: str = "") -> Item:
    is_own = message.direction == Message.Direction.IN and not message.is_automatic
    return Item(
        key=f"m{message.pk}",
        kind=message.direction,
        at=message.at,
        text=message.text,
        who=message.author_name or str(_("the system") if message.is_outgoing else _("customer")),
        channel=channel_in_words(message.channel),
        automatic=message.is_automatic,
        attachments=list(message.attachments.all()),
        undelivered=message.undelivered,
        origin=origin,
        went_to=went_to,
        split_at=f"{split_at}?message={message.pk}" if split_at and is_own else "",
    )


def note_item(note: Note, origin: str = "") -> Item:
    who = note.author.name if note.author else ""
    return Item(key=f"n{note.pk}", kind="note", at=note.at, text=note.text, who=who, origin=origin)


def channel_in_words(code: str) -> str:
    return str(CHANNELS.get(code, ""))
