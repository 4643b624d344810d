"""One timeline of a customer: whatever was done or said, newest first, read a page at a time (SPEC A2)."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from math import inf
from typing import Any

from huiying.customers.models import Customer
from huiying.customers.queries.merged import keys_of
from huiying.customers.story import Item, Place, Strand, Wanted, strands, within
from huiying.journal.actors import Actor
from huiying.kit.paging import make_cursor, read_cursor
from huiying.kit.text import around

PAGE = 30
LOOKED_THROUGH = 250  # rows in a round, where only telling them shows whether they say a word
AT_ONCE = 2_000  # rows of a strand that are read in one round at most
SHOWN = 300  # of what was said
CURSOR = "customer-story"
LAST = (inf, 0, 0)
EVERYTHING = Wanted()


@dataclass(frozen=True)
class Page:
    items: list[Item]
    next_cursor: str | None


@dataclass(frozen=True)
class Line:
    """A row of a strand at its place in the story."""

    place: Place
    row: Any

    @property
    def newest_first(self) -> tuple[float, int, int]:
        return -self.place.at.timestamp(), self.place.rank, -self.place.pk


def timeline(
    customer: Customer, *, by: Actor, wanted: Wanted = EVERYTHING, cursor: str = "", limit: int = PAGE
) -> Page:
    """Return a page of what the actor may see. Raises BadInput for a cursor of another list.

    What concerns a case stays hidden from whoever may not see the case. A further page is promised only where it shows
    something: short pages and empty ones would tell that there is something hidden, and which words stand in it.
    """
    keys, place, items = keys_of(customer), place_at(cursor), list[Item]()
    last, size, goes_on = place, limit + 1, True
    while goes_on:
        lines, goes_on = read(keys, wanted, place, size)
        for line, item in shown(lines, wanted, by):
            place = line.place
            if item and len(items) == limit:
                return Page(items, cursor_at(last))
            if item:
                items.append(item)
                last = place
        size = min(size * 2, AT_ONCE)
    return Page(items, None)


def read(keys: Sequence[int], wanted: Wanted, place: Place | None, limit: int) -> tuple[list[Line], bool]:
    """Return the next lines behind the place, as far as every strand was read, and whether more follow."""
    told, ends = list[Line](), list[Line]()
    for rank, strand in enumerate(strands()):
        size = limit if strand.finds_words or not wanted.words else max(limit, LOOKED_THROUGH)
        lines = of_strand(strand, rank, keys, wanted, place, size + 1)
        told += lines[:size]
        ends += lines[size - 1 : size] if len(lines) > size else []
    end = min((line.newest_first for line in ends), default=LAST)
    return sorted((line for line in told if line.newest_first <= end), key=lambda line: line.newest_first), bool(ends)


def of_strand(
    strand: Strand, rank: int, keys: Sequence[int], wanted: Wanted, place: Place | None, size: int
) -> list[Line]:
    rows = within(strand.rows(keys, wanted), strand.moment, wanted)
    if place is not None:
        rows = rows.filter(place.before(rows.model, strand.moment, rank))
    return [Line(Place(strand.at(row), rank, row.pk), row) for row in rows.order_by(f"-{strand.moment}", "-pk")[:size]]


def shown(lines: Sequence[Line], wanted: Wanted, by: Actor) -> Iterator[tuple[Line, Item | None]]:
    """Yield each line with what is shown of it: nothing where the actor may not see it or a word is not in it."""
    rows: dict[int, list[Any]] = {}
    for line in lines:
        rows.setdefault(line.place.rank, []).append(line.row)
    items = {rank: strands()[rank].items(some, by) for rank, some in rows.items()}
    for line in lines:
        item = items[line.place.rank].get(line.place.pk)
        yield line, replace(item, text=around(item.text, wanted.words, SHOWN)) if item and says(item, wanted) else None


def says(item: Item, wanted: Wanted) -> bool:
    """Every word stands somewhere on the line, as the reader sees it."""
    line = "\n".join((item.text, item.said, item.who, item.subject)).casefold() if wanted.words else ""
    return all(word.casefold() in line for word in wanted.words)


def place_at(cursor: str) -> Place | None:
    if not cursor:
        return None
    at, rank, pk = read_cursor(cursor, of=CURSOR, size=3)
    return Place(datetime.fromisoformat(at), rank, pk)


def cursor_at(place: Place | None) -> str | None:
    return make_cursor(CURSOR, place.at.isoformat(), place.rank, place.pk) if place else None
