"""Excel and OpenDocument workbooks, read by calamine; merged cells give their value to every cell they cover."""

from __future__ import annotations

import zipfile
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from django.utils.translation import gettext_lazy as _
from python_calamine import CalamineError, CalamineSheet, CalamineWorkbook, PasswordError, SheetVisibleEnum

from huiying.kit.guards import BadInput
from huiying.kit.tables.trial import is_bearable

UNPACKED_AT_MOST = 600 * 1024 * 1024
Rows = Iterator[tuple[int, Sequence[Any]]]
Range = tuple[tuple[int, int], tuple[int, int]]


@dataclass(frozen=True)
class Merged:
    """Cells merged into one, from the row where it was found down to `last_row`."""

    last_row: int
    columns: range


def sheets_of(path: Path) -> Iterator[Rows]:
    """Yield the rows of each visible sheet. Raises BadInput for a locked, broken or swollen workbook."""
    try:
        _ensure_size(path)
        workbook = CalamineWorkbook.from_path(str(path))
        for sheet in workbook.sheets_metadata:
            if sheet.visible == SheetVisibleEnum.Visible:
                yield _rows(workbook.get_sheet_by_name(sheet.name))
    except PasswordError as locked:
        raise BadInput(_("The workbook is locked with a password; save it without one."), field="file") from locked
    except (CalamineError, zipfile.BadZipFile) as broken:
        raise BadInput(_("The workbook cannot be read; save it again as .xlsx or .csv."), field="file") from broken


def _ensure_size(path: Path) -> None:
    if unpacked_size(path) > UNPACKED_AT_MOST or not is_bearable(path):
        raise BadInput(_("The workbook is too large; split it, or save it as .csv."), field="file")


def unpacked_size(path: Path) -> int:
    """Return what a packed workbook says it unpacks to; 0 for the older kind, which is not packed."""
    if not zipfile.is_zipfile(path):
        return 0
    with zipfile.ZipFile(path) as packed:
        return sum(part.file_size for part in packed.infolist())


def _rows(sheet: CalamineSheet) -> Rows:
    if sheet.start is None:
        return
    beginning = _beginning(sheet.merged_cell_ranges or [], first_column=sheet.start[1])
    held: list[tuple[Merged, Any]] = []
    for at, cells in enumerate(sheet.iter_rows()):
        row = list(cells)
        held = [(area, value) for area, value in held if area.last_row >= at]
        held += [(area, row[area.columns[0]]) for area in beginning.get(at, []) if area.columns[0] < len(row)]
        for area, value in held:
            for column in area.columns:
                if column < len(row):
                    row[column] = value
        yield at + 1, row


def _beginning(areas: Sequence[Range], *, first_column: int) -> dict[int, list[Merged]]:
    """Return the merged areas by the row in which they begin; columns count from the sheet's first used one."""
    by_row: dict[int, list[Merged]] = {}
    for (top, left), (bottom, right) in areas:
        columns = range(max(left - first_column, 0), right - first_column + 1)
        by_row.setdefault(top, []).append(Merged(bottom, columns))
    return by_row
