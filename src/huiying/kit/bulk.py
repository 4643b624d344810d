"""Writing many new rows at once: by COPY where the database knows it, which spares composing long statements."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from operator import attrgetter
from typing import Any

from django.db import connections, models, router

AS_THEY_ARE = (  # COPY writes their values without more ado
    models.AutoField,
    models.BooleanField,
    models.CharField,
    models.DateField,
    models.DecimalField,
    models.FloatField,
    models.ForeignKey,
    models.IntegerField,
    models.TextField,
)
FEW = 20  # rows that one INSERT writes as fast
DRAW_KEYS = """
    WITH named AS MATERIALIZED (SELECT pg_get_serial_sequence(%s, %s)::regclass AS sequence)
    SELECT nextval(sequence) FROM named, generate_series(1, %s)"""  # the sequence is looked for but once


def insert_all(rows: Sequence[models.Model]) -> None:
    """Write rows of one model that are surely new, and give each its key; few statements, however many they are.

    For imports and the like, inside the transaction of the deed. Rows that already exist raise IntegrityError. Values
    must be plain: a database expression is not worked out.
    """
    if not rows:
        return
    model = type(rows[0])
    using = router.db_for_write(model)
    if connections[using].vendor == "postgresql" and len(rows) > FEW:
        copy_in(model, rows, using)
    else:
        model._base_manager.using(using).bulk_create(rows, batch_size=500)


def copy_in(model: type[models.Model], rows: Sequence[models.Model], using: str) -> None:
    connection, fields = connections[using], model._meta.local_concrete_fields
    quoted = connection.ops.quote_name
    columns = ", ".join(quoted(str(field.column)) for field in fields)
    values = [value_in(field, connection) for field in fields]
    relations = [field for field in fields if isinstance(field, models.ForeignKey)]
    with connection.wrap_database_errors, connection.cursor() as cursor:
        give_keys(cursor, model, rows)
        with cursor.copy(f"COPY {quoted(model._meta.db_table)} ({columns}) FROM STDIN") as copy:
            for row in rows:
                if any(getattr(row, field.attname) is None and field.is_cached(row) for field in relations):
                    row._prepare_related_fields_for_save("insert_all")  # type: ignore[attr-defined]  # as bulk_create
                copy.write_row([value(row) for value in values])
    for row in rows:
        row._state.adding, row._state.db = False, using


def give_keys(cursor: Any, model: type[models.Model], rows: Sequence[models.Model]) -> None:
    """Draw a key from the table's own sequence for each row that has none."""
    without = [row for row in rows if row.pk is None]
    if without:
        cursor.execute(DRAW_KEYS, [f'"{model._meta.db_table}"', model._meta.pk.attname, len(without)])
        for row, (value,) in zip(without, cursor.fetchall(), strict=True):
            row.pk = value


def value_in(field: models.Field[Any, Any], connection: Any) -> Callable[[models.Model], Any]:
    """Return the question what stands in a row's column, as an INSERT would write it."""
    is_set_by_itself = getattr(field, "auto_now", False) or getattr(field, "auto_now_add", False)
    if isinstance(field, AS_THEY_ARE) and not is_set_by_itself:
        return attrgetter(str(field.attname))
    return lambda row: field.get_db_prep_save(field.pre_save(row, add=True), connection)
