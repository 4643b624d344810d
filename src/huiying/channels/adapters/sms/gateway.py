from __future__ import annotations

from typing import Protocol


class Gateway(Protocol):
    """Sends short messages."""

    def send(self, phone: str, text: str) -> None:
        """Send one to a mobile number. Raises NotNow or Undeliverable with what the other side said."""
        ...
