"""The tree of MIME parts: the standard parser, taught to find boundaries in linear time and never to fail."""

from __future__ import annotations

import binascii
import re
from collections.abc import Iterator
from dataclasses import dataclass
from email import policy
from email.message import Message
from email.parser import BytesParser
from typing import Any

from huiying.channels.adapters.mail.charsets import decode
from huiying.channels.adapters.mail.fields import field, parameters
from huiying.channels.adapters.mail.letter import Oddity

MOST_PARTS = 500
DEEPEST = 40
NOT_BASE64 = re.compile(rb"[^A-Za-z0-9+/=\s]")
BASE64_LINE = re.compile(rb"[A-Za-z0-9+/]+={0,2}")
NOT_LETTERS = re.compile(rb"[^A-Za-z0-9+/]+")
META_CHARSET = re.compile(rb"""charset\s{0,4}=\s{0,4}["']?([A-Za-z0-9_:.-]{2,40})""", re.IGNORECASE)


class Part(Message):
    """One node of a mail, whose parameters are read in one pass where the library takes quadratic time."""

    @property
    def written(self) -> str:
        """Return the payload of a leaf as it came; the library's own accessor decodes it by guess."""
        payload = self.__dict__["_payload"]
        return payload if isinstance(payload, str) else ""

    def get_boundary(self, failobj: Any = None) -> Any:
        """Return the boundary of a multipart, which the standard parser asks for."""
        _, given = parameters(field(self, "content-type", set()), set())
        return given.get("boundary", failobj)

    def get_content_type(self) -> str:
        """Return `maintype/subtype`, tolerant of spaces and capitals; text/plain for what makes no sense."""
        value = field(self, "content-type", set()).partition(";")[0]
        compact = re.sub(r"[\s\"']+", "", value).lower()
        return compact if compact.count("/") == 1 else self.get_default_type()

    def get_content_maintype(self) -> str:
        """Return the part of the content type before the slash."""
        return self.get_content_type().partition("/")[0]

    def get_content_subtype(self) -> str:
        """Return the part of the content type after the slash."""
        return self.get_content_type().partition("/")[2]


def parse(source: bytes) -> Part:
    """Return the root of the tree. Raises RecursionError for what is nested hundreds of times."""
    root = BytesParser(Part, policy=policy.compat32).parsebytes(source)
    assert isinstance(root, Part)
    return root


def children(part: Part) -> list[Part]:
    """Return the parts directly within a multipart (or an attached mail)."""
    payload = part.get_payload()
    return [child for child in payload if isinstance(child, Part)] if isinstance(payload, list) else []


@dataclass(frozen=True)
class Leaf:
    """A part to look at, and the alternative it is one form of (each other leaf stands for itself)."""

    part: Part
    is_root: bool
    alternative: Part | None


def leaves(root: Part, found: set[Oddity]) -> Iterator[Leaf]:
    """Yield the leaves and the attached mails in the order they stand, without entering attached mails."""
    waiting: list[tuple[int, Leaf]] = [(0, Leaf(root, True, None))]
    for _ in range(MOST_PARTS):
        if not waiting:
            return
        depth, leaf = waiting.pop()
        below = children(leaf.part) if leaf.part.get_content_maintype() == "multipart" else []
        if not below or depth == DEEPEST:
            yield leaf
            continue
        is_choice = leaf.part.get_content_subtype() == "alternative"
        alternative = leaf.alternative or (leaf.part if is_choice else None)
        waiting.extend((depth + 1, Leaf(child, False, alternative)) for child in reversed(below))
    if waiting:
        found.add(Oddity.TOO_MANY_PARTS)


def source(part: Part) -> bytes:
    """Write an attached mail out again, as near to its original bytes as the parser kept it."""
    head = b"".join(_bytes(f"{name}: {value}\n") for name, value in part.raw_items())
    below = children(part)
    if not below:
        return head + b"\n" + _bytes(part.written)
    if part.get_content_maintype() != "multipart":
        return head + b"\n" + b"\n".join(source(child) for child in below)
    mark = _bytes(f"--{part.get_boundary('')}")
    return b"\n".join([head, *(mark + b"\n" + source(child) for child in below), mark + b"--\n"])


def _bytes(text: str) -> bytes:
    return text.encode("utf-8", "surrogateescape")


def content(part: Part, found: set[Oddity]) -> bytes:
    """Return the bytes of a leaf, its transfer encoding undone as far as it holds."""
    raw = _bytes(part.written)
    encoding = field(part, "content-transfer-encoding", found).lower().strip("'\"; ")
    if encoding == "base64":
        return unpacked_base64(raw, found)
    if encoding == "quoted-printable":
        return binascii.a2b_qp(raw)
    if encoding in {"x-uuencode", "uuencode", "x-uue", "uue"}:
        return _unpacked_uu(raw)
    return raw


def unpacked_base64(raw: bytes, found: set[Oddity]) -> bytes:
    """Decode base64 as far as it is; what is no base64 at all stays as it came."""
    if _is_foreign(raw[:4000].lstrip().partition(b"\n")[0]):
        found.add(Oddity.ENCODING)
        return raw
    first_padding = raw.find(b"=")
    is_one_run = first_padding < 0 or not raw[first_padding:].strip(b"= \t\r\n")
    return _run(raw) if is_one_run and not NOT_BASE64.search(raw) else _unpacked_runs(raw)


def _is_foreign(line: bytes) -> bool:
    """Tell a line that is words from one that is base64, perhaps with a stray character."""
    return (len(NOT_BASE64.findall(line)) + line.strip().count(b" ")) * 20 > len(line)


def _unpacked_runs(raw: bytes) -> bytes:
    """Decode base64 padded before its end: several pieces in a row, or a list server's footer behind it."""
    runs: list[bytes] = []
    letters: list[bytes] = []
    for line in raw.splitlines():
        if _is_foreign(line):
            break
        if runs and not BASE64_LINE.fullmatch(line.strip()):
            continue
        letters.append(line)
        if line.rstrip().endswith(b"="):
            runs.append(_run(b"".join(letters)))
            letters = []
    return b"".join([*runs, _run(b"".join(letters))])


def _run(letters: bytes) -> bytes:
    bare = NOT_LETTERS.sub(b"", letters)
    bare = bare[:-1] if len(bare) % 4 == 1 else bare
    return binascii.a2b_base64(bare + b"=" * (-len(bare) % 4))


def _unpacked_uu(raw: bytes) -> bytes:
    body = (b"\n" + raw).partition(b"\nbegin ")[2].partition(b"\n")[2]
    unpacked: list[bytes] = []
    for line in body.splitlines():
        if line.strip() in {b"end", b"`", b""}:
            break
        try:
            unpacked.append(binascii.a2b_uu(line))
        except binascii.Error:
            continue
    return b"".join(unpacked)


def text(part: Part, found: set[Oddity]) -> str:
    """Return the text of a text part with even line ends."""
    raw = content(part, found)
    _, given = parameters(field(part, "content-type", set()), set())
    declared = given.get("charset", "")
    if not declared and part.get_content_subtype() == "html":
        meta = META_CHARSET.search(raw[:4000])
        declared = meta[1].decode("ascii") if meta else ""
    return decode(raw, declared, found).replace("\r\n", "\n").replace("\r", "\n")
