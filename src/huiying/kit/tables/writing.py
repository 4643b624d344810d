"""Giving rows back: a file of the same kind, with whatever a spreadsheet would run as a formula made harmless."""

from __future__ import annotations

import csv
import re
from collections.abc import Iterable, Sequence
from datetime import date, datetime
from pathlib import Path
from typing import TYPE_CHECKING

from huiying.kit.sheets import DANGEROUS

if TYPE_CHECKING:
    from huiying.kit.tables.reading import Cell

_NUMBER = re.compile(r"[-+]?\d+([.,]\d+)*%?")


def write_lines(path: Path, columns: Sequence[str], lines: Iterable[Sequence[Cell]]) -> None:
    """Write a table as .xlsx or .csv, by the path's ending; .csv carries a BOM, which Excel needs for Chinese."""
    path.parent.mkdir(parents=True, exist_ok=True)
    if path.suffix == ".xlsx":
        _write_sheet(path, columns, lines)
        return
    with path.open("w", encoding="utf-8-sig", newline="") as file:
        writer = csv.writer(file)
        writer.writerow([harmless(name) for name in columns])
        writer.writerows([harmless(written(cell)) for cell in cells] for cells in lines)


def harmless(text: str) -> str:
    """Return the text with an apostrophe before it where a spreadsheet would take it for a formula."""
    return f"'{text}" if text.startswith(DANGEROUS) and not _NUMBER.fullmatch(text) else text


def written(cell: Cell) -> str:
    """Return the cell as people write it: whole numbers without ".0", days without midnight."""
    if isinstance(cell, str):
        return cell
    if isinstance(cell, float) and cell.is_integer() and abs(cell) < 1e15:
        return str(int(cell))
    if isinstance(cell, datetime) and not (cell.hour or cell.minute or cell.second):
        return cell.date().isoformat()
    if isinstance(cell, date):
        return cell.isoformat()
    return "" if cell is None else str(cell)


def _write_sheet(path: Path, columns: Sequence[str], lines: Iterable[Sequence[Cell]]) -> None:
    import xlsxwriter  # slow to load, and few ask for a workbook

    with xlsxwriter.Workbook(str(path), {"constant_memory": True, "strings_to_formulas": False}) as book:
        sheet = book.add_worksheet()
        head = book.add_format({"bold": True})
        sheet.freeze_panes(1, 0)
        for column, name in enumerate(columns):
            sheet.write_string(0, column, name, head)
        for row, cells in enumerate(lines, start=1):
            for column, cell in enumerate(cells):
                if isinstance(cell, int | float) and not isinstance(cell, bool):
                    sheet.write_number(row, column, cell)
                else:
                    sheet.write_string(row, column, written(cell))
