"""From a file to its rows: whichever format, header row found, merged cells filled, totals and notes left out."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from itertools import chain, islice
from pathlib import Path

from django.utils.translation import gettext_lazy as _

from huiying.kit.guards import BadInput
from huiying.kit.tables.sheets import sheets_of
from huiying.kit.tables.texts import lines_of_text
from huiying.kit.text import folded

Cell = str | int | float | bool | date | datetime | time | timedelta | None
Lines = Iterator["Line"]
Known = Callable[[str], bool]

LOOKS_FOR_HEADER = 30
_TOTAL = re.compile(r"(合计|总计|小计|总数|共计|本页合计|grandtotal|total|subtotal|sum)[:：]?")
_NOTE = re.compile(
    r"(注|备注|说明|附注|制表|填表|审核|复核|数据来源|统计时间|打印时间|note|remarks?)[人日期时间]*[:：].*", re.DOTALL
)
_SPACE = re.compile(r"\s+")


@dataclass(frozen=True)
class Line:
    """One row: `number` as the sheet counts it, beginning with 1. `is_broken` marks unreadable characters."""

    number: int
    cells: tuple[Cell, ...]

    @property
    def texts(self) -> list[str]:
        return ["" if cell is None else str(cell).strip() for cell in self.cells]

    @property
    def is_broken(self) -> bool:
        return any("\ufffd" in cell for cell in self.cells if isinstance(cell, str))


@dataclass(frozen=True)
class Table:
    """A table in a file: its columns' names and its rows, read once as they are needed."""

    columns: tuple[str, ...]
    header_number: int
    lines: Lines


def open_table(path: Path, *, known: Known) -> Table:
    """Open the first table whose header names columns that are `known`. Raises BadInput where there is none.

    Rows are read as they are asked for; memory does not grow with the file's length.
    """
    best: tuple[int, list[Line], Lines] | None = None
    for lines in _sheets(path):
        head = list(islice(lines, LOOKS_FOR_HEADER))
        score = max((_known_cells(line, known) for line in head), default=0)
        if head and (best is None or score > best[0]):
            best = (score, head, lines)
    if best is None:
        raise BadInput(_("The file holds no rows."), field="file")
    score, head, rest = best
    at = _header_at(head, known) if score else _widest(head)
    return Table(_names(head[at]), head[at].number, _useful(chain(head[at + 1 :], rest), head[at]))


def _sheets(path: Path) -> Iterator[Lines]:
    with path.open("rb") as file:
        start = file.read(8)
    if start.startswith((b"PK\x03\x04", b"\xd0\xcf\x11\xe0")):
        sheets = sheets_of(path)
    elif not start.strip():
        raise BadInput(_("The file is empty."), field="file")
    else:
        sheets = iter([lines_of_text(path)])
    for rows in sheets:
        yield (Line(number, tuple(cells)) for number, cells in rows)


def _header_at(head: Sequence[Line], known: Known) -> int:
    """Return the row with most known names; of equal ones the last, which stands nearest to the rows."""
    scores = [_known_cells(line, known) for line in head]
    best = max(scores)
    first = scores.index(best)
    second = first + 1
    return second if scores[second : second + 1] == [best] and head[second].texts != head[first].texts else first


def _widest(head: Sequence[Line]) -> int:
    widths = [sum(1 for text in line.texts if text) for line in head]
    return widths.index(max(widths))


def _known_cells(line: Line, known: Known) -> int:
    return len({text for text in line.texts if text and known(text)})


def _names(header: Line) -> tuple[str, ...]:
    """Return a name for each column; a nameless or repeated one gets its place in the sheet."""
    names: list[str] = []
    for place, text in enumerate(header.texts, start=1):
        name = _SPACE.sub(" ", text) or f"#{place}"
        names.append(name if name not in names else f"{name} #{place}")
    while names and names[-1].startswith("#"):
        names.pop()
    return tuple(names)


def _useful(lines: Iterator[Line], header: Line) -> Lines:
    """Leave out what is no row of the table: empty lines, totals, notes below it, the header printed again."""
    names = header.texts
    for line in lines:
        texts = line.texts
        filled = [text for text in texts if text]
        if filled and not _is_total(filled) and not _is_note(filled) and texts != names:
            yield line


def _is_total(filled: Sequence[str]) -> bool:
    return bool(_TOTAL.fullmatch(_SPACE.sub("", folded(filled[0]))))


def _is_note(filled: Sequence[str]) -> bool:
    words = set(filled)
    return len(words) <= 2 and all(_NOTE.fullmatch(text.casefold()) for text in words)
