"""Header fields as text: encoded words, parameters, identifiers and dates, however they were mangled.

The standard library decodes a header after splitting it, and so breaks on raw GBK bytes, some of which look
like `@` or `\\`. Here the bytes of the whole field become text first, then are taken apart, each scan linear.
"""

from __future__ import annotations

import binascii
import re
from dataclasses import dataclass
from datetime import UTC, datetime
from email.message import Message
from email.utils import parsedate_to_datetime
from urllib.parse import unquote_to_bytes

from huiying.channels.adapters.mail.charsets import decode
from huiying.channels.adapters.mail.letter import Oddity

LONGEST_FIELD = 64_000  # characters; what follows is not read
MOST_IDENTIFIERS = 200
ENCODED_WORD = re.compile(r"=\?([^?\s*]{1,40})(?:\*[^?\s]{1,20})?\?([bBqQ])\?([^?]*)\?=")
IDENTIFIER = re.compile(r"<\s*([^<>\s]{1,900})\s*>")
SPACES = re.compile(r"\s+")
FOLD = re.compile(r"\r\n|\r|\n")


@dataclass
class _Run:
    """Neighbouring encoded words of one character set: mailers cut them in the middle of a character."""

    charset: str
    raw: bytes


def field(part: Message, name: str, found: set[Oddity]) -> str:
    """Return the first field of that name as one line of text, encoded words still encoded."""
    return next(iter(fields(part, name, found)), "")


def fields(part: Message, name: str, found: set[Oddity]) -> list[str]:
    """Return every field of that name as `field` does."""
    wanted = name.lower()
    return [_line(str(value), found) for key, value in part.raw_items() if key.lower() == wanted]


def _line(value: str, found: set[Oddity]) -> str:
    raw = value[:LONGEST_FIELD].encode("utf-8", "surrogateescape")
    return FOLD.sub("", decode(raw, "", found)).strip()


def words(text: str, found: set[Oddity]) -> str:
    """Decode the encoded words of a field for people to read, on one line."""
    pieces: list[str] = []
    run: _Run | None = None
    end = 0
    for match in ENCODED_WORD.finditer(text):
        between = text[end : match.start()]
        charset, raw = match[1].lower(), _unwrapped(match[2], match[3])
        end = match.end()
        if run and not between.strip() and run.charset == charset:
            run.raw += raw
            continue
        pieces += [decode(run.raw, run.charset, found)] if run else []
        pieces += [between] if between.strip() or not run else []
        run = _Run(charset, raw)
    pieces += [decode(run.raw, run.charset, found)] if run else []
    return SPACES.sub(" ", "".join([*pieces, text[end:]])).strip()


def _unwrapped(encoding: str, wrapped: str) -> bytes:
    raw = wrapped.encode("utf-8", "surrogateescape")
    if encoding in "qQ":
        return binascii.a2b_qp(raw, header=True)
    letters = re.sub(rb"[^A-Za-z0-9+/]", b"", raw)
    letters = letters[:-1] if len(letters) % 4 == 1 else letters
    return binascii.a2b_base64(letters + b"=" * (-len(letters) % 4))


def parameters(text: str, found: set[Oddity]) -> tuple[str, dict[str, str]]:
    """Split `text/plain; charset="gbk"` into value and parameters, RFC 2231 pieces joined and decoded."""
    value, *pieces = _split(text, ";")
    plain: dict[str, str] = {}
    extended: dict[str, dict[int, tuple[bool, str]]] = {}
    for piece in pieces:
        name, equals, content = piece.partition("=")
        name, content = name.strip().lower(), _unquoted(content.strip())
        base, star, rest = name.partition("*")
        if not equals or not base:
            continue
        if not star:
            plain.setdefault(base, content)
            continue
        index = rest.removesuffix("*")
        position = int(index) if index.isdecimal() and len(index) < 4 else 0
        extended.setdefault(base, {})[position] = (name.endswith("*"), content)
    plain = {name: words(content, found) for name, content in plain.items()}
    return value.strip().lower(), plain | {name: _joined(parts, found) for name, parts in extended.items()}


def _split(text: str, separator: str) -> list[str]:
    """Split at separators outside double quotes, in one pass."""
    pieces, start, quoted, escaped = [], 0, False, False
    for position, char in enumerate(text):
        if escaped or (quoted and char == "\\"):
            escaped = not escaped
        elif char == '"':
            quoted = not quoted
        elif char == separator and not quoted:
            pieces.append(text[start:position])
            start = position + 1
    return [*pieces, text[start:]]


def _unquoted(content: str) -> str:
    if len(content) < 2 or content[0] != '"':
        return content
    inner = content[1:].rpartition('"')[0] or content[1:]
    return re.sub(r"\\(.)", r"\1", inner)


def _joined(parts: dict[int, tuple[bool, str]], found: set[Oddity]) -> str:
    ordered = [parts[position] for position in sorted(parts)]
    if not any(encoded for encoded, _ in ordered):
        return words("".join(content for _, content in ordered), found)
    charset, raw = "", b""
    for number, (encoded, content) in enumerate(ordered):
        if encoded and number == 0 and content.count("'") >= 2:
            charset, _, content = content.split("'", 2)  # noqa: PLW2901  (the rest of the piece is the content)
        raw += unquote_to_bytes(content) if encoded else content.encode("utf-8", "surrogateescape")
    return decode(raw, charset, found)


def identifiers(text: str) -> tuple[str, ...]:
    """Return the message identifiers of a field without their brackets, in order."""
    bracketed = IDENTIFIER.findall(text)
    loose = [word.strip("<>,;") for word in text.split() if "@" in word]
    return tuple((bracketed or [word for word in loose if word])[:MOST_IDENTIFIERS])


def moment(text: str) -> datetime | None:
    """Return the aware moment a Date field names, or None."""
    try:
        read = parsedate_to_datetime(text[:200])
        return (read if read.tzinfo else read.replace(tzinfo=UTC)).astimezone(UTC)
    except (ValueError, TypeError, IndexError, OverflowError):
        return None
