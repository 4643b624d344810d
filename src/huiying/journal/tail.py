"""Following the journal while it grows: every entry once, in spite of transactions that end out of order."""

from __future__ import annotations

from datetime import datetime, timedelta

from django.db.models import Max, Q

from huiying.journal.models import Entry

AT_ONCE = 1_000
PATIENCE = timedelta(minutes=1)  # a number that has not appeared by then belongs to a transaction that was undone
GAPS_AT_MOST = 2_000


class Tail:
    """A reader at the end of the journal.

    An entry takes its number before its transaction ends, so a lower number may appear after a higher one; numbers
    that were passed over are asked for again, until PATIENCE is over.
    """

    def __init__(self, *, after: int | None = None) -> None:
        self.last = newest_id() if after is None else after
        self.gaps: dict[int, datetime] = {}

    def news(self, now: datetime) -> list[Entry]:
        """Return the entries that appeared since the last call, oldest first, at most AT_ONCE."""
        appeared = Entry.objects.filter(Q(id__gt=self.last) | Q(id__in=list(self.gaps)))
        entries = list(appeared.order_by("id")[:AT_ONCE])
        for entry in entries:
            if self.gaps.pop(entry.pk, None) is None:
                self.pass_over(range(self.last + 1, entry.pk), now)
                self.last = entry.pk
        self.gaps = {number: since for number, since in self.gaps.items() if since > now - PATIENCE}
        return entries

    def pass_over(self, numbers: range, now: datetime) -> None:
        self.gaps.update(dict.fromkeys(numbers[-GAPS_AT_MOST:], now))


def newest_id() -> int:
    return Entry.objects.aggregate(newest=Max("id"))["newest"] or 0


def settled(after: int, *, now: datetime, at_most: int) -> list[Entry]:
    """Return the entries after a number, up to the first gap that may still be filled: for whoever keeps one number."""
    entries = list(Entry.objects.filter(id__gt=after).order_by("id")[:at_most])
    expected = after
    for place, entry in enumerate(entries):
        expected += 1
        if entry.pk != expected and entry.recorded_at > now - PATIENCE:
            return entries[:place]
        expected = entry.pk
    return entries
