"""The source of a mail made fit for the standard parser: its line ends and its header fields."""

from __future__ import annotations

import codecs
import re

from huiying.channels.adapters.mail.letter import Oddity

LONGEST_HEAD = 1_000_000  # bytes searched for the end of the header fields
FIELD_LINE = re.compile(rb"[!-9;-~]{1,100}[ \t]*:")
KNOWN_FIELD = re.compile(
    rb"(?:from|to|cc|subject|date|message-id|received|return-path|delivered-to|reply-to|in-reply-to|references"
    rb"|mime-version|content-type|content-transfer-encoding|sender|x-mailer)[ \t]*:",
    re.IGNORECASE,
)


def mended(raw: bytes, found: set[Oddity]) -> bytes:
    """Return `raw` beginning with proper header fields, or with an empty line when it has none."""
    raw = _even_line_ends(raw, found).removeprefix(codecs.BOM_UTF8).lstrip(b"\r\n \t\0")
    lines, length = _head(raw)
    known = [number for number, line in enumerate(lines) if KNOWN_FIELD.match(line)]
    if not known:
        found.add(Oddity.NO_HEAD)
        return b"\n" + raw
    return _without_strays(raw, lines, length, last=known[-1], found=found)


def _even_line_ends(raw: bytes, found: set[Oddity]) -> bytes:
    if raw[:4000].count(b"\r\r\n") < 2:
        return raw
    found.add(Oddity.LINE_ENDS)
    return raw.replace(b"\r\r\n", b"\r\n")


def _head(raw: bytes) -> tuple[list[bytes], int]:
    """Return the lines before the first empty one, line ends kept, and their length together."""
    lines: list[bytes] = []
    length = 0
    for line in raw[:LONGEST_HEAD].splitlines(keepends=True):
        if not line.strip(b"\r\n"):
            break
        lines.append(line)
        length += len(line)
    return lines, length


def _without_strays(raw: bytes, lines: list[bytes], length: int, *, last: int, found: set[Oddity]) -> bytes:
    """Drop lines among the fields that are none; after the last known field such a line begins the text."""
    kept: list[bytes] = []
    for number, line in enumerate(lines):
        is_folded = line[:1] in b" \t" and bool(kept)
        if FIELD_LINE.match(line) or is_folded:
            kept.append(line)
        elif number > last:
            rest = b"".join(lines[number:]) + raw[length:]
            found.add(Oddity.STRUCTURE)
            return b"".join([*kept, b"\n", rest])
        elif not line.startswith((b"From ", b">From ")):
            found.add(Oddity.HEAD)
    if len(kept) == len(lines):
        return raw
    return b"".join(kept) + raw[length:]
