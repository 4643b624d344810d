"""Files and text out of winmail.dat, the package Outlook sometimes sends instead of a proper mail.

Written here because the one maintained reader loops for hours over forged counts. Format: MS-OXTNEF; each
size is checked against what is there before it is used.
"""

from __future__ import annotations

import struct
from dataclasses import dataclass, field

from huiying.channels.adapters.mail.charsets import decode
from huiying.channels.adapters.mail.letter import Enclosure, Oddity

SIGNATURE = 0x223E9F78
MOST_ATTRIBUTES = 20_000
OF_ATTACHMENT = 2

BODY, CODE_PAGE, MESSAGE_PROPERTIES = 0x800C, 0x9007, 0x9003
NEXT_ATTACHMENT, TITLE, DATA, ATTACHMENT_PROPERTIES = 0x9002, 0x8010, 0x800F, 0x9005

PLAIN_BODY, HTML_BODY, INTERNET_CODE_PAGE = 0x1000, 0x1013, 0x3FDE
DISPLAY_NAME, DATA_OBJECT, SHORT_NAME, LONG_NAME = 0x3001, 0x3701, 0x3704, 0x3707
MIME_TAG, CONTENT_ID = 0x370E, 0x3712

SIZES = {
    0x0002: 2,
    0x000B: 2,
    0x0003: 4,
    0x0004: 4,
    0x000A: 4,
    0x0005: 8,
    0x0006: 8,
    0x0007: 8,
    0x0014: 8,
    0x0040: 8,
}
SIZES |= {0x0048: 16, 0x0001: 4}
STRING, WIDE_STRING, OBJECT, BINARY = 0x001E, 0x001F, 0x000D, 0x0102
VARIABLE = {STRING, WIDE_STRING, OBJECT, BINARY}
SEVERAL = 0x1000
NAMED = 0x8000
INTERFACE = 16  # bytes of an object's interface identifier before its content

Properties = dict[int, bytes | str]


class MalformedError(ValueError):
    """A size points outside the package."""


@dataclass
class Package:
    """What a winmail.dat held."""

    text: str = ""
    html: str = ""
    enclosures: list[Enclosure] = field(default_factory=list)


@dataclass
class _File:
    title: bytes = b""
    content: bytes = b""
    properties: Properties = field(default_factory=dict)


def unpack(raw: bytes, found: set[Oddity]) -> Package | None:
    """Return what a winmail.dat holds, or None when it is none."""
    if len(raw) < 6 or struct.unpack_from("<I", raw)[0] != SIGNATURE:
        return None
    package = Package()
    files: list[_File] = []
    charset = "cp1252"
    position = 6
    for _ in range(MOST_ATTRIBUTES):
        if position + 9 > len(raw):
            break
        level, name, size = struct.unpack_from("<BHxxI", raw, position)
        content = raw[position + 9 : position + 9 + size]
        position += 11 + size
        if level == OF_ATTACHMENT:
            _add_to_file(files, name, content, charset, found)
        elif name == CODE_PAGE and size >= 4:
            charset = f"cp{struct.unpack_from('<I', content)[0]}" if len(content) >= 4 else charset
        else:
            _add_to_message(package, name, content, charset, found)
    package.enclosures = [_enclosure(file, charset, found) for file in files if file.content]
    return package


def _add_to_file(files: list[_File], name: int, content: bytes, charset: str, found: set[Oddity]) -> None:
    if name == NEXT_ATTACHMENT:
        files.append(_File())
    if not files:
        return
    if name == TITLE:
        files[-1].title = content
    elif name == DATA:
        files[-1].content = content
    elif name == ATTACHMENT_PROPERTIES:
        files[-1].properties = _properties(content, charset, found)
        embedded = files[-1].properties.get(DATA_OBJECT)
        if isinstance(embedded, bytes) and not files[-1].content:
            files[-1].content = embedded


def _add_to_message(package: Package, name: int, content: bytes, charset: str, found: set[Oddity]) -> None:
    if name == BODY:
        package.text = package.text or decode(content.rstrip(b"\0"), charset, found)
    if name != MESSAGE_PROPERTIES:
        return
    known = _properties(content, charset, found)
    text, html = known.get(PLAIN_BODY), known.get(HTML_BODY)
    package.text = text if isinstance(text, str) else package.text
    if isinstance(html, bytes):
        page = known.get(INTERNET_CODE_PAGE)
        html = decode(html.rstrip(b"\0"), _code_page(page) if isinstance(page, bytes) else charset, found)
    package.html = html or package.html


def _code_page(raw: bytes) -> str:
    number = struct.unpack("<I", raw)[0] if len(raw) == 4 else 0
    return {65001: "utf-8", 20127: "ascii", 28591: "latin-1", 54936: "gb18030"}.get(number, f"cp{number}")


def _enclosure(file: _File, charset: str, found: set[Oddity]) -> Enclosure:
    properties = file.properties
    names = (properties.get(LONG_NAME), properties.get(SHORT_NAME), properties.get(DISPLAY_NAME))
    spoken = next((name for name in names if isinstance(name, str) and name), "")
    content_id, kind = properties.get(CONTENT_ID), properties.get(MIME_TAG)
    return Enclosure(
        name=spoken or decode(file.title.rstrip(b"\0"), charset, found),
        content_type=kind if isinstance(kind, str) and kind else "application/octet-stream",
        content=file.content,
        content_id=content_id.strip("<> ") if isinstance(content_id, str) else "",
    )


def _properties(raw: bytes, charset: str, found: set[Oddity]) -> Properties:
    """Return the MAPI properties that can be read; a malformed one ends the reading."""
    known: Properties = {}
    reader = _Reader(raw, charset, found)
    try:
        for _ in range(min(reader.number(), MOST_ATTRIBUTES)):
            kind, name = reader.pair()
            if name >= NAMED:
                reader.skip_name()
            value = reader.value(kind)
            if value is not None:
                known.setdefault(name, value)
    except MalformedError:
        found.add(Oddity.TNEF)
    return known


@dataclass
class _Reader:
    """Walks a MAPI property list; never beyond its end."""

    raw: bytes
    charset: str
    found: set[Oddity]
    position: int = 0

    def take(self, size: int) -> bytes:
        """Return the next bytes. Raises MalformedError when there are not so many."""
        if size > len(self.raw) - self.position:
            raise MalformedError
        self.position += size
        return self.raw[self.position - size : self.position]

    def number(self) -> int:
        """Return the next count or length."""
        return int.from_bytes(self.take(4), "little")

    def pair(self) -> tuple[int, int]:
        """Return the type and the identifier of the next property."""
        return int.from_bytes(self.take(2), "little"), int.from_bytes(self.take(2), "little")

    def skip_name(self) -> None:
        """Pass over the set and the name of a named property."""
        self.take(16)
        if self.number() == 0:
            self.take(4)
            return
        self._padded(self.number())

    def value(self, kind: int) -> bytes | str | None:
        """Return the value when it is a single number, string or piece of bytes; pass over it otherwise."""
        several, single = kind & SEVERAL, kind & ~SEVERAL
        if single not in SIZES and single not in VARIABLE:
            raise MalformedError
        if single in SIZES:
            size = SIZES[single]
            taken = self.take(self.number() * size if several else max(size, 4))
            self.position += -len(taken) % 4
            return None if several else taken[:size]
        count = self.number()
        values = [self._padded(self.number()) for _ in range(min(count, MOST_ATTRIBUTES))]
        return self._spoken(values[0], single) if len(values) == 1 else None

    def _padded(self, length: int) -> bytes:
        taken = self.take(length)
        self.position += -length % 4
        return taken

    def _spoken(self, value: bytes, kind: int) -> bytes | str:
        if kind == STRING:
            return decode(value.rstrip(b"\0"), self.charset, self.found)
        if kind == OBJECT:
            return value[INTERFACE:]
        if kind == WIDE_STRING:
            return value.decode("utf-16-le", "replace").rstrip("\0")
        return value
