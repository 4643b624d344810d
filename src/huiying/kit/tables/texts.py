"""Text tables: UTF-8 with or without BOM, UTF-16, GBK and GB18030; comma, semicolon, tab or bar between the cells.

They may be packed with gzip, as exports of many rows are.
"""

from __future__ import annotations

import codecs
import csv
import gzip
import zlib
from collections import Counter
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from functools import partial
from gzip import GzipFile
from io import BufferedReader, TextIOWrapper
from itertools import accumulate, count
from pathlib import Path

from django.utils.translation import gettext_lazy as _

from huiying.kit.guards import BadInput

DELIMITERS = ",\t;|，"
CHUNK = 1024 * 1024
CELL_AT_MOST = 1024 * 1024
LINE_AT_MOST = 4 * 1024 * 1024
UNPACKED_AT_MOST = 2 * 1024**3
GZIP = b"\x1f\x8b"
_MARKS = {codecs.BOM_UTF8: "utf-8-sig", codecs.BOM_UTF16_LE: "utf-16", codecs.BOM_UTF16_BE: "utf-16"}


def lines_of_text(path: Path) -> Iterator[tuple[int, Sequence[str]]]:
    """Yield each row with its number. Unreadable bytes become U+FFFD, so that the row can be given back."""
    ensure_size(path)
    encoding = encoding_of(path)
    csv.field_size_limit(CELL_AT_MOST)
    with unpacked(path) as packed, TextIOWrapper(packed, encoding, "replace", "") as file:
        reader = csv.reader(bounded(file), delimiter=delimiter_of(path, encoding), skipinitialspace=True)
        for number in count(1):
            try:
                yield number, next(reader)
            except StopIteration:
                return
            except csv.Error as broken:
                raise BadInput(
                    _("Row {row} cannot be read: a quotation mark may be missing, or a cell is too long.").format(
                        row=number
                    ),
                    field="file",
                ) from broken


def ensure_size(path: Path) -> None:
    """Raise BadInput where a small packed file turns out to be endless."""
    with unpacked(path) as file:
        sizes = map(len, iter(partial(file.read, CHUNK), b"")) if isinstance(file, GzipFile) else ()
        if any(size > UNPACKED_AT_MOST for size in accumulate(sizes)):
            raise BadInput(_("Unpacked, the file is too large; split it."), field="file")


def bounded(file: TextIOWrapper) -> Iterator[str]:
    """Yield line by line. Raises BadInput for a line that no table has, before it fills the memory."""
    for number, line in enumerate(iter(partial(file.readline, LINE_AT_MOST), ""), start=1):
        if len(line) == LINE_AT_MOST:
            raise BadInput(_("Line {number} is far too long for a table.").format(number=number), field="file")
        yield line


@contextmanager
def unpacked(path: Path) -> Iterator[BufferedReader | GzipFile]:
    """Open the file as it was before it was packed. Raises BadInput where the packing is damaged."""
    with path.open("rb") as file:
        is_packed = file.read(2) == GZIP
    try:
        with gzip.open(path) if is_packed else path.open("rb") as opened:
            yield opened
    except (EOFError, gzip.BadGzipFile, zlib.error) as damaged:
        raise BadInput(_("The packed file is damaged; please send it again."), field="file") from damaged


def encoding_of(path: Path) -> str:
    """Return the encoding that reads the file with the fewest unreadable characters; a BOM settles it."""
    with unpacked(path) as file:
        start = file.read(4)
    for mark, encoding in _MARKS.items():
        if start.startswith(mark):
            return encoding
    if not unreadable(path, "utf-8", give_up_at=1):
        return "utf-8"
    in_gb18030 = unreadable(path, "gb18030")
    return "utf-8" if in_gb18030 and in_gb18030 > unreadable(path, "utf-8") else "gb18030"


def unreadable(path: Path, encoding: str, *, give_up_at: int = 0) -> int:
    """Count the characters that the encoding cannot read, reading no further once there are `give_up_at`."""
    decoder, count = codecs.getincrementaldecoder(encoding)("replace"), 0
    with unpacked(path) as file:
        while chunk := file.read(CHUNK):
            count += decoder.decode(chunk).count("\ufffd")
            if give_up_at and count >= give_up_at:
                break
    return count


def delimiter_of(path: Path, encoding: str) -> str:
    """Return the sign that most evenly parts the first lines."""
    with unpacked(path) as packed, TextIOWrapper(packed, encoding, "replace", "") as file:
        head = file.read(64 * 1024).splitlines()[:40]
    return max(DELIMITERS, key=lambda sign: _evenness(head, sign))


def _evenness(head: Sequence[str], sign: str) -> int:
    """Count the lines that share the most frequent number of cells, weighed by that number."""
    widths = Counter(len(cells) for cells in csv.reader(head, delimiter=sign) if len(cells) > 1)
    return max((count * min(width, 30) for width, count in widths.items()), default=0)
