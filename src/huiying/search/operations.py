"""The index itself, as each database does it best: GIN over the terms, or FTS5."""

from __future__ import annotations

from typing import Any

POSTGRESQL = [
    "CREATE INDEX search_document_grams ON search_document USING gin (string_to_array(grams, ' '))"
    " WITH (gin_pending_list_limit = 1024)"
]
SQLITE = [
    "CREATE VIRTUAL TABLE search_grams USING fts5("
    "grams, content='search_document', content_rowid='id', tokenize='unicode61 remove_diacritics 0')",
    "CREATE TRIGGER search_document_added AFTER INSERT ON search_document BEGIN"
    " INSERT INTO search_grams(rowid, grams) VALUES (new.id, new.grams); END",
    "CREATE TRIGGER search_document_gone AFTER DELETE ON search_document BEGIN"
    " INSERT INTO search_grams(search_grams, rowid, grams) VALUES ('delete', old.id, old.grams); END",
    "CREATE TRIGGER search_document_changed AFTER UPDATE ON search_document BEGIN"
    " INSERT INTO search_grams(search_grams, rowid, grams) VALUES ('delete', old.id, old.grams);"
    " INSERT INTO search_grams(rowid, grams) VALUES (new.id, new.grams); END",
]


def create_index(_apps: Any, schema_editor: Any) -> None:
    for statement in POSTGRESQL if schema_editor.connection.vendor == "postgresql" else SQLITE:
        schema_editor.execute(statement, params=None)


def drop_index(_apps: Any, schema_editor: Any) -> None:
    if schema_editor.connection.vendor == "postgresql":
        schema_editor.execute("DROP INDEX search_document_grams")
        return
    for trigger in ("added", "gone", "changed"):
        schema_editor.execute(f"DROP TRIGGER search_document_{trigger}")
    schema_editor.execute("DROP TABLE search_grams")
