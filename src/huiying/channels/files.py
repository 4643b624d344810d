"""Serving files that others sent: pictures may be looked at, everything else is saved."""

from __future__ import annotations

from django.http import FileResponse

from huiying.channels.file_types import SHOWN_INLINE
from huiying.channels.models import Attachment

LOCKED = "default-src 'none'; img-src 'self'; style-src 'none'; sandbox"


def served(attachment: Attachment) -> FileResponse:
    """Return the file under its own name; no type of it is ever guessed or run by a browser."""
    inline = attachment.content_type in SHOWN_INLINE
    response = FileResponse(
        attachment.file.open("rb"),
        as_attachment=not inline,
        filename=attachment.name,
        content_type=attachment.content_type if inline else "application/octet-stream",
    )
    response["Content-Security-Policy"] = LOCKED
    response["X-Content-Type-Options"] = "nosniff"
    response["Cache-Control"] = "private, max-age=86400"
    return response
