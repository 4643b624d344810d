"""What can be imported: an importer names its fields and stores rows; everything else is done here for all of them.

To add one, write a class with the attributes of `Importer` in the app that owns the rows and list an instance of it in
`huiying/wiring/sources.py`. It then has its command (`huiying import KIND FILE`), its page and its place in the API.
Reading encodings, sheets, merged cells, headers and totals, proposing and remembering the mapping, the dry run,
progress and the file of rejected rows are not its concern.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import Enum
from typing import Any, Protocol

from huiying.journal.actors import Actor
from huiying.kit.guards import BadInput, Sentence
from huiying.kit.tables import Cell

Reader = Callable[[Cell, str], Any]


class Kept(Enum):
    """What became of a row that was not rejected."""

    STORED = "stored"
    UNCHANGED = "unchanged"


Outcome = Kept | BadInput


@dataclass(frozen=True, kw_only=True)
class Field:
    """Something a column may hold. `synonyms` are headers that mean it, compared without spaces, marks and brackets.

    `read` turns a cell into a value, given the column's header for units such as 「万元」, and raises BadInput. Where
    `many`, several columns may hold it and `read` returns a list: the row's value joins them.
    """

    code: str
    label: Sentence
    read: Reader
    synonyms: tuple[str, ...] = ()
    required: bool = False
    many: bool = False


@dataclass(frozen=True)
class Row:
    """A row that could be read: `number` as the sheet counts it, and the values of the fields that have a column.

    `origin` is the name of the file without its endings: outside numbers are one only within their origin.
    """

    number: int
    values: Mapping[str, Any]
    origin: str = ""


class Importer(Protocol):
    """Stores rows of one kind. `power` is what one needs to import it."""

    @property
    def kind(self) -> str: ...
    @property
    def name(self) -> Sentence: ...
    @property
    def power(self) -> str: ...
    @property
    def fields(self) -> tuple[Field, ...]: ...

    def store(self, rows: Sequence[Row], *, by: Actor, at: datetime) -> list[Outcome]:
        """Store the rows that are not there yet, in few statements, and say for each what became of it.

        It runs inside a transaction and is repeatable: a row stored before is `Kept.UNCHANGED`. A row that cannot be
        stored is answered with a BadInput that says why; it must leave nothing behind.
        """
        ...
