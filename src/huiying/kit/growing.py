"""While tables grow by very many rows: statements planned for the tables as they are, not as they were."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from django.db import connection


@contextmanager
def planned_anew() -> Iterator[None]:
    """Have PostgreSQL plan each statement for its own values.

    A plan kept for any values knows no partial index, and one made while a table was empty reads it whole for ever.
    """
    if connection.vendor != "postgresql":
        yield
        return
    with connection.cursor() as cursor:
        cursor.execute("SET plan_cache_mode = force_custom_plan")
    try:
        yield
    finally:
        with connection.cursor() as cursor:
            cursor.execute("RESET plan_cache_mode")


def take_stock() -> None:
    """Let PostgreSQL look how its tables have grown, so that the next statements are planned well; seconds."""
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("ANALYZE")
