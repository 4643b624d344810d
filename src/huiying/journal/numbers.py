"""Running numbers that never repeat and never make two writers wait for each other where the database can help it."""

from __future__ import annotations

from django.db import connection

from huiying.journal.models import Series


def next_value(series: str) -> int:
    """Return the next number of the series, beginning with 1. Gaps appear where a transaction is rolled back."""
    return next_values(series, 1)[0]


def next_values(series: str, count: int) -> list[int]:
    """Return `count` rising numbers that nobody else gets, for imports. Call it inside a transaction on SQLite."""
    if connection.vendor == "postgresql":
        return _from_sequence(f"journal_series_{series}", count)
    return _from_row(series, count)


def _from_row(series: str, count: int) -> list[int]:
    """Count up and read in one statement."""
    table = connection.ops.quote_name(Series._meta.db_table)
    with connection.cursor() as cursor:
        cursor.execute(
            f"INSERT INTO {table} (name, value) VALUES (%s, %s)"  # noqa: S608 - our own table's name
            " ON CONFLICT (name) DO UPDATE SET value = value + excluded.value RETURNING value",
            [series, count],
        )
        last = int(cursor.fetchone()[0])
    return list(range(last - count + 1, last + 1))


def _from_sequence(sequence: str, count: int) -> list[int]:
    """Draw one by one: others may draw in between, so the numbers need not follow each other."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT nextval(%s) FROM generate_series(1, %s)", [sequence, count])
        return [int(value) for (value,) in cursor.fetchall()]
