"""What a file is, read from its first bytes: what the sender calls it is not believed."""

from __future__ import annotations

import mimetypes

_SIGNATURES: tuple[tuple[bytes, str], ...] = (
    (b"\x89PNG\r\n\x1a\n", "image/png"),
    (b"\xff\xd8\xff", "image/jpeg"),
    (b"GIF87a", "image/gif"),
    (b"GIF89a", "image/gif"),
    (b"%PDF-", "application/pdf"),
    (b"PK\x03\x04", "application/zip"),
    (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "application/x-ole-storage"),
    (b"ID3", "audio/mpeg"),
    (b"OggS", "audio/ogg"),
    (b"\x1aE\xdf\xa3", "video/webm"),
)
SHOWN_INLINE = frozenset({"image/png", "image/jpeg", "image/gif", "image/webp"})
_MEDIA_BY_NAME = ("audio/", "video/", "application/vnd", "application/msword")


def content_type_of(content: bytes, name: str) -> str:
    """Return a MIME type that is safe to serve: never one that a browser would run (HTML, SVG, script)."""
    head = content[:16]
    for signature, content_type in _SIGNATURES:
        if head.startswith(signature):
            return _container(content_type, name)
    if head[:4] == b"RIFF" and content[8:12] == b"WEBP":
        return "image/webp"
    if head[4:8] == b"ftyp":
        return "video/mp4"
    if head[:4] == b"RIFF":
        return "audio/wav"
    return "text/plain" if is_text(content[:4096]) else "application/octet-stream"


def _container(content_type: str, name: str) -> str:
    """An office file is a zip or OLE container; its name may say which."""
    if content_type not in {"application/zip", "application/x-ole-storage"}:
        return content_type
    guessed = mimetypes.guess_type(name)[0] or ""
    return guessed if guessed.startswith(_MEDIA_BY_NAME) else content_type


def is_text(head: bytes) -> bool:
    if b"\0" in head:
        return False
    return all(byte >= 32 or byte in b"\t\n\r\f" for byte in head)
