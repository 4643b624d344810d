"""Going through a file: read rows in batches, store or only try, and give back what was rejected."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from itertools import islice
from typing import Any

from django.db import connection, transaction
from django.utils.translation import gettext_lazy as _

from huiying.imports.protocol import Field, Importer, Kept, Outcome, Row
from huiying.journal.actors import Actor
from huiying.kit.guards import BadInput
from huiying.kit.tables import Cell, Line, Table

BATCH = {"postgresql": 2_000, "sqlite": 500}  # SQLite lets one writer in at a time: nobody shall wait long
Store = Callable[[Importer, Sequence[Row], Actor, datetime], list[Outcome]]


@dataclass
class Tally:
    """How far a run came; `problems` are the first rejected rows as (number, reason)."""

    rows: int = 0
    stored: int = 0
    unchanged: int = 0
    rejected: int = 0
    problems: list[tuple[int, str]] = field(default_factory=list)


@dataclass
class Run:
    """One passage through a table. `store` is `stored` for earnest or `rehearsed` for a dry run."""

    importer: Importer
    table: Table
    mapping: Mapping[str, str]
    store: Store
    by: Actor
    at: datetime
    moved: Callable[[Tally], None]
    origin: str = ""
    tally: Tally = field(default_factory=Tally)

    def rejected(self) -> Iterator[list[Cell]]:
        """Go through the whole table; yield each rejected row with the reason after its last column."""
        lines, width = iter(self.table.lines), len(self.table.columns)
        at_once = BATCH[connection.vendor]
        while batch := list(islice(lines, at_once)):
            for line, outcome in zip(batch, self.outcomes(batch), strict=True):
                self.tally.rows += 1
                if isinstance(outcome, BadInput):
                    self.tally.rejected += 1
                    self.tally.problems.append((line.number, str(outcome)))
                    yield [*fitted(line.cells, width), str(outcome)]
                elif outcome is Kept.STORED:
                    self.tally.stored += 1
                else:
                    self.tally.unchanged += 1
            self.moved(self.tally)

    def outcomes(self, batch: Sequence[Line]) -> list[Outcome]:
        """Read each line and store those that can be read, in one transaction."""
        read = [self.row_of(line) for line in batch]
        rows = [row for row in read if isinstance(row, Row)]
        stored = iter(self.store(self.importer, rows, self.by, self.at) if rows else [])
        return [next(stored) if isinstance(row, Row) else row for row in read]

    def row_of(self, line: Line) -> Row | BadInput:
        try:
            values = values_of(line, self.table.columns, self.mapping, self.importer.fields)
        except BadInput as refusal:
            return refusal
        return Row(line.number, values, self.origin)


def stored(importer: Importer, rows: Sequence[Row], by: Actor, at: datetime) -> list[Outcome]:
    with transaction.atomic():
        return importer.store(rows, by=by, at=at)


def rehearsed(importer: Importer, rows: Sequence[Row], by: Actor, at: datetime) -> list[Outcome]:
    """Do everything as in earnest, then undo it."""
    with transaction.atomic():
        outcomes = importer.store(rows, by=by, at=at)
        transaction.set_rollback(True)
    return outcomes


def values_of(
    line: Line, columns: Sequence[str], mapping: Mapping[str, str], fields: Sequence[Field]
) -> dict[str, Any]:
    """Return the fields' values. Raises BadInput that names the column, or the field that is missing."""
    if line.is_broken:
        raise BadInput(_("Some characters cannot be read; save the file as UTF-8 or GB18030 again."))
    by_code = {field.code: field for field in fields}
    values: dict[str, Any] = {}
    for column, cell in zip(columns, fitted(line.cells, len(columns)), strict=True):
        known = by_code.get(mapping.get(column, ""))
        if known is not None:
            value = value_of(known, cell, column)
            values[known.code] = [*values.get(known.code, []), *value] if known.many else value
    for known in fields:
        if known.required and values.get(known.code) in (None, "", []):
            raise BadInput(_("“{field}” is missing.").format(field=known.label), field=known.code)
    return values


def value_of(known: Field, cell: Cell, column: str) -> Any:
    try:
        return known.read(cell, column)
    except BadInput as refusal:
        raise BadInput(f"{column}: {refusal}", field=known.code) from refusal


def fitted(cells: Sequence[Cell], width: int) -> list[Cell]:
    """Return exactly as many cells as there are columns."""
    return [*cells[:width], *[""] * (width - len(cells))]
