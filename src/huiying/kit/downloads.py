"""Handing a table over as a file, the same way everywhere."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date

from django.http import HttpResponse, StreamingHttpResponse
from django.http.response import HttpResponseBase
from django.utils.http import content_disposition_header

from huiying.kit.sheets import Row, csv_lines, xlsx_bytes

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


def table_file(rows: Iterable[Row], *, title: str, day: date, form: str = "xlsx", mark: str = "") -> HttpResponseBase:
    """Answer with the rows as "xlsx" or "csv", named by title and day; csv is sent line by line.

    `mark` says whose copy it is: below the rows, and in a workbook on each printed page and in its properties.
    """
    name = f"{title}-{day:%Y%m%d}.{form}"
    headers = {"Content-Disposition": content_disposition_header(as_attachment=True, filename=name) or ""}
    if form == "csv":
        return StreamingHttpResponse(csv_lines(marked(rows, mark)), content_type="text/csv", headers=headers)
    return HttpResponse(xlsx_bytes(marked(rows, mark), title=title, mark=mark), content_type=XLSX, headers=headers)


def marked(rows: Iterable[Row], mark: str) -> Iterator[Row]:
    yield from rows
    if mark:
        yield [mark]
