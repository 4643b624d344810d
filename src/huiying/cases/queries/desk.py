"""The desk: everything owed in one order, four figures that narrow it, and today hour by hour."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from huiying.cases.models import Case
from huiying.cases.queries.owed import late_with_others, plate_of
from huiying.cases.queries.owed_elsewhere import Line
from huiying.cases.queries.selection import end_of_day
from huiying.staff.actors import StaffActor

SHOWN_AT_MOST = 50
SLOTS_AT_MOST = 4


class Figure(models.TextChoices):
    """What is counted on top; pressing one shows only that."""

    LATE = "late", _("overdue")
    TODAY = "today", _("due today")
    NEW = "new", _("new, not accepted")
    WAITING = "waiting", _("waiting for the customer")


@dataclass(frozen=True)
class Count:
    """A figure; of what is due today, how much is due `within_the_hour`."""

    figure: Figure
    number: int
    within_the_hour: int = 0


@dataclass(frozen=True)
class Hour:
    """An hour of today and what is due in it; `more` were left out."""

    begins_at: datetime
    slots: Sequence[Line]
    more: int


@dataclass(frozen=True, kw_only=True)
class Desk:
    """What the templates of the desk are handed. `next_day` is what comes first after today."""

    counts: list[Count]
    chosen: str
    today: list[Line]
    later: list[Line]
    left_out: int
    owed_today: int
    next_day: Line | None
    hours: list[Hour]
    late_with_others: list[Case]


def desk_of(by: StaffActor, *, at: datetime, chosen: str = "") -> Desk:
    """Return the actor's desk, narrowed to one figure where one is chosen."""
    plate, tonight = plate_of(by, at=at), end_of_day(at)
    owed = plate.owed
    figures: dict[str, Sequence[Line]] = {
        Figure.LATE: [line for line in owed if line.due_at and line.due_at < at],
        Figure.TODAY: [line for line in owed if line.due_at and at <= line.due_at < tonight],
        Figure.NEW: [line for line in owed if line.at_once],
        Figure.WAITING: plate.awaited,
    }
    lines = figures.get(chosen, owed)
    shown = lines[:SHOWN_AT_MOST]
    after_today = [line for line in owed if line.due_at and line.due_at >= tonight]
    return Desk(
        counts=[Count(Figure(figure), len(some), soon_among(some, at=at)) for figure, some in figures.items()],
        chosen=chosen if chosen in figures else "",
        today=[line for line in shown if line.due_at is None or line.due_at < tonight],
        later=[line for line in shown if line.due_at and line.due_at >= tonight],
        left_out=len(lines) - len(shown),
        owed_today=len(owed) - len(after_today),
        next_day=after_today[0] if after_today else None,
        hours=hours_of(figures[Figure.TODAY], at=at),
        late_with_others=late_with_others(by, at=at),
    )


def soon_among(lines: Iterable[Line], *, at: datetime) -> int:
    """Count what is due from now on and within an hour."""
    return sum(line.due_at is not None and at <= line.due_at < at + timedelta(hours=1) for line in lines)


def hours_of(due_today: Iterable[Line], *, at: datetime) -> list[Hour]:
    """Return this hour and each later one of today in which something is due."""
    by_hour: dict[datetime, list[Line]] = {start_of_hour(at): []}
    for line in due_today:
        if line.due_at is not None:
            by_hour.setdefault(start_of_hour(line.due_at), []).append(line)
    return [Hour(hour, lines[:SLOTS_AT_MOST], len(lines[SLOTS_AT_MOST:])) for hour, lines in sorted(by_hour.items())]


def start_of_hour(moment: datetime) -> datetime:
    return timezone.localtime(moment).replace(minute=0, second=0, microsecond=0)
