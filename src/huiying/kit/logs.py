"""What we write into the log: addresses without the part that lets their holder in."""

from __future__ import annotations

import re
from logging import Filter, LogRecord

_KEY = re.compile(r"(?<=/)[^/\s?]{27,}")  # nothing else of ours between two strokes is as long


class WithoutKeys(Filter):
    """Shorten the signed links of customers and of sign-in: whoever reads the log must not be able to open them."""

    def filter(self, record: LogRecord) -> bool:
        told = record.getMessage()
        if _KEY.search(told):
            record.msg, record.args = _KEY.sub(_named, told), ()
        return True


def _named(key: re.Match[str]) -> str:
    """Return whose key it is, where that is said before the signature."""
    whose, colon, _signature = key[0].partition(":")
    return f"{whose}:…" if colon and len(whose) < 27 else "…"
