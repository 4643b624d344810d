"""The arithmetic of keeping archives true: which part a field belongs to, how old parts are, when they are due."""

from __future__ import annotations

from calendar import monthrange
from collections.abc import Iterable
from datetime import date
from typing import Any

from django.db.models import DateField, Func

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


class MonthsLater(Func):
    """The same for a column, reckoned by the database: `MonthsLater("reviewed_on", months=6)`."""

    output_field = DateField()

    def __init__(self, column: str, *, months: int) -> None:
        super().__init__(column)
        self.months = months

    def as_postgresql(self, compiler: Any, connection: Any, **context: Any) -> tuple[str, Any]:
        template = f"(%(expressions)s + make_interval(months => {self.months}))::date"
        return self.as_sql(compiler, connection, template=template, **context)

    def as_sqlite(self, compiler: Any, connection: Any, **context: Any) -> tuple[str, Any]:
        """SQLite goes on into the month after where the day is missing: the last of the month comes before that."""
        same = f"date(%(expressions)s, '+{self.months} months')"
        last = f"date(%(expressions)s, 'start of month', '+{self.months + 1} months', '-1 day')"
        return self.as_sql(compiler, connection, template=f"min({same}, {last})", **context)
