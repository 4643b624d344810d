from __future__ import annotations

from uuid import uuid4

from django.db import models

from huiying.channels.file_types import SHOWN_INLINE

from .message import Message


def random_place(_attachment: Attachment, filename: str) -> str:
    """Return a place that tells nothing of the file: its own name is kept in the row only."""
    name = uuid4().hex
    return f"attachments/{name[:2]}/{name}"


class Attachment(models.Model):
    """A file that came or went with a message. `content_type` is what the bytes are, not what the sender says."""

    message = models.ForeignKey(Message, models.PROTECT, related_name="attachments")
    file = models.FileField(upload_to=random_place)
    name = models.CharField(max_length=255)
    content_type = models.CharField(max_length=100)
    size = models.PositiveBigIntegerField()
    sha256 = models.CharField(max_length=64)
    content_id = models.CharField(max_length=255, blank=True)

    class Meta:
        ordering = ["id"]

    def __str__(self) -> str:
        return self.name

    @property
    def is_picture(self) -> bool:
        """Whether a browser may show it where it stands."""
        return self.content_type in SHOWN_INLINE
