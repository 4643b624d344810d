"""Letting transactions pass one at a time where a constraint alone cannot say what must be unique."""

from __future__ import annotations

from django.db import connection


def take_turns(name: str) -> None:
    """Hold this name until the transaction ends; others who ask for it wait. Call it inside a transaction.

    SQLite lets one writer work at a time anyway.
    """
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_advisory_xact_lock(hashtextextended(%s, 0))", [name])
