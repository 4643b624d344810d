"""The shared cache in the database, which says so when nothing can be written instead of answering "taken"."""

from __future__ import annotations

from typing import Any

from django.core.cache.backends.base import DEFAULT_TIMEOUT
from django.core.cache.backends.db import DatabaseCache
from django.db import OperationalError

TRIES = 3


class SharedCounts(DatabaseCache):
    """Django swallows what the database says; a full disk would look like a flood of tries."""

    def add(self, key: str, value: Any, timeout: Any = DEFAULT_TIMEOUT, version: int | None = None) -> bool:
        """Keep the value where none is and say whether that was so. Raises OperationalError where it cannot."""
        for _try in range(TRIES):  # between the two questions somebody else's may have gone
            if super().add(key, value, timeout, version):
                return True
            if self.get(key, version=version) is not None:
                return False
        raise OperationalError("the table of shared counts cannot be written")
