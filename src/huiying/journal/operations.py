"""Migration operations of the journal."""

from __future__ import annotations

from typing import Any

from django.db import migrations


def create_series(name: str) -> migrations.RunPython:
    """Return the operation that prepares a running number for `journal.numbers.next_value`."""

    def create(_apps: Any, schema_editor: Any) -> None:
        if schema_editor.connection.vendor == "postgresql":
            schema_editor.execute(f"CREATE SEQUENCE IF NOT EXISTS journal_series_{name}")

    def drop(_apps: Any, schema_editor: Any) -> None:
        if schema_editor.connection.vendor == "postgresql":
            schema_editor.execute(f"DROP SEQUENCE IF EXISTS journal_series_{name}")

    return migrations.RunPython(create, drop)
