"""The arithmetic of keeping archives true: which part a field belongs to, how old parts are, when they are due."""

from __future__ import annotations

from calendar import monthrange
from collections.abc import Iterable
from datetime import date

from huiying.customers.models import Block

REQUIREMENTS = frozenset({"decision_maker", "special_requirements", "expected_on"})
PREFERENCES = frozenset({"preferences"})


def block_of(field: str) -> Block:
    """Return the part of the archive to which a field of the customer belongs."""
    if field in REQUIREMENTS:
        return Block.REQUIREMENTS
    return Block.PREFERENCES if field in PREFERENCES else Block.BASICS


def blocks_of(fields: Iterable[str]) -> list[Block]:
    return list(dict.fromkeys(map(block_of, fields)))


def months_later(day: date, months: int) -> date:
    """Return the same day so many months later; where that month has no such day, its last."""
    years, month = divmod(day.month - 1 + months, 12)
    year, month = day.year + years, month + 1
    return date(year, month, min(day.day, monthrange(year, month)[1]))
