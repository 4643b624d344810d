"""The signed token that leads an answer back to what it is about, when the usual header fields are lost.

It travels in the Message-ID we give, and in the address where the mailbox takes tags (kefu+TOKEN@…).
"""

from __future__ import annotations

import re
from collections.abc import Iterable

from django.db import models
from django.utils.crypto import constant_time_compare, salted_hmac

SALT = "huiying.reply-token"
SHAPE = re.compile(r"\bhy(\d{1,18})-([0-9a-f]{16})\b", re.IGNORECASE)


def token_for(subject_type: str, subject_id: int) -> str:
    """Return a token nobody else can make; it holds no secret."""
    return f"hy{subject_id}-{_seal(subject_type, subject_id)}"


def subject_id_in(texts: Iterable[str], model: type[models.Model]) -> int | None:
    """Return the key of the `model` row that the first genuine token in these texts names."""
    for text in texts:
        for match in SHAPE.finditer(text):
            subject_id = int(match[1])
            expected = _seal(model._meta.label_lower, subject_id)
            if constant_time_compare(expected, match[2].lower()):
                return subject_id
    return None


def _seal(subject_type: str, subject_id: int) -> str:
    return salted_hmac(SALT, f"{subject_type}:{subject_id}", algorithm="sha256").hexdigest()[:16]
