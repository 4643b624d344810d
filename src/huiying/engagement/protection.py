"""Until which day a customer is safe from being taken back: arithmetic without a database.

Days are elapsed days of the calendar, counted to the end of the day: thirty days after the 1st is the 31st, and what
is overdue on the 31st is taken back on the 1st. Days on which the account manager is away do not count.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

Away = Sequence[tuple[date, date]]


@dataclass(frozen=True, kw_only=True)
class Times:
    """What the clock counts from; `free_until` is the last day of the grace after a hand-over."""

    since: date
    contact_on: date | None = None
    extended: int = 0
    free_until: date | None = None
    away: Away = ()


@dataclass(frozen=True, kw_only=True)
class Safe:
    """The last safe day, and the figures it comes from: so many `days` after `basis`, counted as "contact" says."""

    last_day: date
    counted: str
    basis: date
    days: int


def safe_until(contact: int | None, progress: int | None, times: Times) -> Safe | None:
    """Return the nearer of both ends, or None where neither rule ever takes the customer back."""
    ends = []
    if contact is not None:
        basis = max(times.since, times.contact_on or times.since)
        ends.append(end("contact", basis, contact, times))
    if progress is not None:
        ends.append(end("progress", times.since, progress, times))
    return min(ends, key=lambda safe: safe.last_day, default=None)


def end(counted: str, basis: date, days: int, times: Times) -> Safe:
    last = basis + timedelta(days=days + times.extended)
    last = without_absences(basis, last, times.away)
    return Safe(last_day=max(last, times.free_until or last), counted=counted, basis=basis, days=days)


def without_absences(basis: date, last: date, away: Away) -> date:
    """Move the last day on by each day of absence that lies between."""
    for start, until in joined(away):
        if until > basis and start <= last:
            last += until - max(start, basis + timedelta(days=1)) + timedelta(days=1)
    return last


def joined(away: Iterable[tuple[date, date]]) -> list[tuple[date, date]]:
    """Return the spans in order, those that touch or overlap as one."""
    spans: list[tuple[date, date]] = []
    for start, until in sorted(away):
        if spans and start <= spans[-1][1] + timedelta(days=1):
            spans[-1] = (spans[-1][0], max(until, spans[-1][1]))
        else:
            spans.append((start, until))
    return spans
