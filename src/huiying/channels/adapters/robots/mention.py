from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

_MOBILE = re.compile(r"^(?:\+?86)?(1[3-9]\d{9})$")


@dataclass(frozen=True, kw_only=True)
class Mention:
    """Whom a message calls: by their name in the other system, else by mobile number, else by what we call them."""

    name: str
    handle: str = ""
    phone: str = ""

    @property
    def mobile(self) -> str:
        """Return the mobile number as the robots want it; nothing where the phone is none, or the handle will do."""
        found = None if self.handle else _MOBILE.match(re.sub(r"[\s-]", "", self.phone))
        return found[1] if found else ""


def handles(mentions: Sequence[Mention]) -> list[str]:
    return [each.handle for each in mentions if each.handle]


def mobiles(mentions: Sequence[Mention]) -> list[str]:
    return [each.mobile for each in mentions if each.mobile]


def cut(text: str, size: int) -> str:
    """Return the text shortened to so many bytes of UTF-8, never within a character."""
    encoded = text.encode()
    return text if len(encoded) <= size else encoded[: size - 3].decode("utf-8", "ignore") + "…"
