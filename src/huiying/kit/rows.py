"""Writing many rows at once."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django.db import connection, models


def update_each(rows: Sequence[models.Model], fields: Sequence[str]) -> None:
    """Write these fields of each row: what `bulk_update` does, many times as fast, as it builds one short statement."""
    if not rows:
        return
    meta, quote = type(rows[0])._meta, connection.ops.quote_name
    columns = [column for column in meta.concrete_fields if column.name in fields]
    places = ", ".join(f"{quote(str(column.column))} = %s" for column in columns)
    key = quote(str(meta.pk.column))
    statement = f"UPDATE {quote(meta.db_table)} SET {places} WHERE {key} = %s"  # noqa: S608 - our own names
    with connection.cursor() as cursor:
        cursor.executemany(statement, [[*_values(row, columns), row.pk] for row in rows])


def _values(row: models.Model, columns: Sequence[models.Field[object, object]]) -> list[Any]:
    return [column.get_db_prep_save(getattr(row, column.attname), connection) for column in columns]
