"""Going through a file: read rows in batches, store or only try, and give back what was rejected."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from functools import cached_property
from itertools import islice
from typing import Any

from django.db import connection, transaction
from django.utils.translation import gettext_lazy as _

from huiying.imports.protocol import Field, Importer, Kept, Outcome, Row
from huiying.journal.actors import Actor
from huiying.kit.garbage import uncollected
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


@dataclass(frozen=True)
class Column:
    """A column of the table that holds a field: where it stands and what it is called."""

    place: int
    name: str
    field: Field


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
        with uncollected():
            read = [self.row_of(line) for line in batch]
            rows = [row for row in read if isinstance(row, Row)]
            stored = iter(self.store(self.importer, rows, self.by, self.at) if rows else [])
        return [next(stored) if isinstance(row, Row) else row for row in read]

    @cached_property
    def columns(self) -> list[Column]:
        """The columns that hold a field."""
        by_code = {field.code: field for field in self.importer.fields}
        named = enumerate(self.table.columns)
        fields = [(place, name, by_code.get(self.mapping.get(name, ""))) for place, name in named]
        return [Column(place, name, field) for place, name, field in fields if field is not None]

    @cached_property
    def required(self) -> list[Field]:
        return [field for field in self.importer.fields if field.required]

    def row_of(self, line: Line) -> Row | BadInput:
        try:
            ensure_fits(line, len(self.table.columns))
            values = values_of(line, self.columns, self.required)
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


def ensure_fits(line: Line, width: int) -> None:
    """Raise BadInput where cells stand beyond the last column: a comma within 「12,000」 has torn a value apart."""
    beyond = [text for text in line.texts[width:] if text] if len(line.cells) > width else []
    if beyond:
        told = _(
            "The row has more cells than there are columns ({beyond}): put a value with a comma into quotation marks."
        )
        raise BadInput(told.format(beyond="、".join(beyond)[:60]))


def values_of(line: Line, columns: Sequence[Column], required: Sequence[Field]) -> dict[str, Any]:
    """Return the fields' values. Raises BadInput that names the column, or the field that is missing."""
    if line.is_broken:
        raise BadInput(_("Some characters cannot be read; save the file as UTF-8 or GB18030 again."))
    values: dict[str, Any] = {}
    for column in columns:
        code, value = column.field.code, value_in(line, column)
        values[code] = [*values.get(code, []), *value] if column.field.many else value
    for known in required:
        if values.get(known.code) in (None, "", []):
            raise BadInput(_("“{field}” is missing.").format(field=known.label), field=known.code)
    return values


def value_in(line: Line, column: Column) -> Any:
    cell = line.cells[column.place] if column.place < len(line.cells) else ""
    try:
        return column.field.read(cell, column.name)
    except BadInput as refusal:
        raise BadInput(f"{column.name}: {refusal}", field=column.field.code) from refusal


def fitted(cells: Sequence[Cell], width: int) -> list[Cell]:
    """Return exactly as many cells as there are columns."""
    return [*cells[:width], *[""] * (width - len(cells))]
