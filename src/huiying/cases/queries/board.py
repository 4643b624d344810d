"""The board: a column for every open stage, the cards due first in each, and what was closed of late."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from itertools import groupby

from django.db.models import Count, Min, Q

from huiying.cases.lifecycle import OPEN, Stage
from huiying.cases.models import Case
from huiying.cases.models.case import CaseQuerySet
from huiying.kit.paging import capped_count

SHOWN, SHOWN_MORE = 12, 200
COUNTED_AT_MOST = 200
CLOSED_FOR = timedelta(days=7)


@dataclass(frozen=True, kw_only=True)
class Column:
    """A stage with its cards. `count` stops past COUNTED_AT_MOST; `oldest_since` is who has stood here longest."""

    stage: Stage
    cases: list[Case] = field(default_factory=list)
    count: int = 0
    late: int = 0
    oldest_since: datetime | None = None
    is_folded: bool = False

    @property
    def is_capped(self) -> bool:
        return self.count > COUNTED_AT_MOST

    @property
    def left_out(self) -> int:
        return 0 if self.is_folded else self.count - len(self.cases)


@dataclass(frozen=True)
class Board:
    """All columns, and what the line above them says."""

    columns: list[Column]

    @property
    def open_columns(self) -> list[Column]:
        return [column for column in self.columns if column.stage in OPEN]

    @property
    def count(self) -> int:
        return sum(column.count for column in self.open_columns)

    @property
    def late(self) -> int:
        return sum(column.late for column in self.open_columns)

    @property
    def is_capped(self) -> bool:
        return any(column.is_capped for column in self.open_columns)


def board_of(cases: CaseQuerySet, *, at: datetime, more: Collection[str] = ()) -> Board:
    """Return the board of these cases; the columns named in `more` show more cards, and the closed ones at all.

    Costs four statements, and one for the closed cards.
    """
    columns = open_columns(cases, at=at, shown={stage: SHOWN_MORE if stage in more else SHOWN for stage in OPEN})
    return Board([*columns, closed_column(cases, at=at, is_folded=Stage.CLOSED not in more)])


def open_columns(cases: CaseQuerySet, *, at: datetime, shown: dict[Stage, int], skipped: int = 0) -> list[Column]:
    """Return a column for each open stage, with so many cards after the skipped ones."""
    counts = {stage: (count, late, oldest) for stage, count, late, oldest in counted(cases, at=at)}
    keys = first_keys(cases, shown, skipped)
    rows = Case.objects.filter(pk__in=keys).for_rows().order_by("stage", "due_at", "id")
    cards = {stage: list(some) for stage, some in groupby(rows, key=lambda case: case.at_stage)}
    return [column_of(stage, cards.get(stage, []), *counts.get(stage, (0, 0, None))) for stage in OPEN]


def column_of(stage: Stage, cases: list[Case], count: int, late: int, oldest: datetime | None) -> Column:
    by_deadline = sorted(cases, key=lambda case: (case.due_at is None, case.due_at or case.received_at))
    return Column(stage=stage, cases=by_deadline, count=count, late=late, oldest_since=oldest)


def counted(cases: CaseQuerySet, *, at: datetime) -> list[tuple[str, int, int, datetime]]:
    """Return (stage, count, late, oldest) of each open stage, counting from the longest standing one up to the cap."""
    parts = []
    for stage in OPEN:
        oldest = cases.filter(stage=stage).order_by("stage_since").values("pk")[: COUNTED_AT_MOST + 1]
        rows = Case.objects.filter(pk__in=oldest).order_by().values_list("stage")
        parts.append(rows.annotate(n=Count("pk"), late=Count("pk", filter=Q(due_at__lt=at)), since=Min("stage_since")))
    return list(parts[0].union(*parts[1:], all=True))


def first_keys(cases: CaseQuerySet, shown: dict[Stage, int], skipped: int) -> list[int]:
    """Return the keys of the cards due first in each stage: a small look-up a stage, in one statement."""
    parts = []
    for stage, many in shown.items():
        first = cases.filter(stage=stage).order_by("due_at", "id").values("pk")[skipped : skipped + many]
        parts.append(Case.objects.filter(pk__in=first).order_by().values_list("pk", flat=True))
    return list(parts[0].union(*parts[1:], all=True))


def closed_column(cases: CaseQuerySet, *, at: datetime, is_folded: bool) -> Column:
    """Return what was closed in the last days; folded, only how many."""
    closed = cases.filter(stage=Stage.CLOSED, closed_at__gte=at - CLOSED_FOR)
    some = [] if is_folded else list(closed.for_rows().order_by("-closed_at")[:SHOWN_MORE])
    count = capped_count(closed, at_most=COUNTED_AT_MOST)
    return Column(stage=Stage.CLOSED, cases=some, count=count, is_folded=is_folded)
