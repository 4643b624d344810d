"""What every road can do."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Protocol

from huiying.notifications.batches import Batch


class Carrier(Protocol):
    """Carries batches over one road."""

    def is_open(self) -> bool:
        """Say whether anything can leave over it at all."""
        ...

    def carry(self, batches: Sequence[Batch], now: datetime) -> int:
        """Try each batch and settle it; return how many were tried."""
        ...
