"""Tables that leave the house as files, in which no cell can act as a formula."""

from __future__ import annotations

import csv
from collections.abc import Iterable, Iterator, Sequence
from datetime import datetime
from io import BytesIO, StringIO

from django.utils import timezone

Row = Sequence[object]
DANGEROUS = ("=", "+", "-", "@", "\t", "\r", "\n")
BYTE_ORDER_MARK = "\ufeff"  # without it, spreadsheets read Chinese as gibberish


def csv_lines(rows: Iterable[Row]) -> Iterator[str]:
    """Yield the table line by line."""
    line = StringIO()
    writer = csv.writer(line)
    yield BYTE_ORDER_MARK
    for row in rows:
        writer.writerow([defused(as_text(cell)) for cell in row])
        yield line.getvalue()
        line.seek(0)
        line.truncate()


def xlsx_bytes(rows: Iterable[Row], *, title: str, mark: str = "") -> bytes:
    """Return the table as a workbook of one sheet with its first row fixed; every cell is plain text.

    `mark` stands at the foot of each printed page and in the properties of the file.
    """
    file = BytesIO()
    from xlsxwriter import Workbook  # slow to load, and few ask for a workbook

    with Workbook(file, {"constant_memory": True}) as book:
        sheet = book.add_worksheet(title[:31])
        sheet.freeze_panes(1, 0)
        if mark:
            sheet.set_footer("&C&8" + mark.replace("&", "&&")[:240])
            book.set_properties({"title": title, "comments": mark})
        for at, row in enumerate(rows):
            for column, cell in enumerate(row):
                sheet.write_string(at, column, defused(as_text(cell)))
    return file.getvalue()


def as_text(cell: object) -> str:
    if isinstance(cell, datetime):
        return f"{timezone.localtime(cell):%Y-%m-%d %H:%M}"
    return "" if cell is None else str(cell)


def defused(text: str) -> str:
    """Return the text such that a spreadsheet shows it and never runs it."""
    return f"'{text}" if text.startswith(DANGEROUS) else text
