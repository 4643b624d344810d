from __future__ import annotations

from typing import Any

from django.db import models
from django.db.models import Lookup
from django.db.models.sql.compiler import SQLCompiler


@models.TextField.register_lookup
class Holds(Lookup[str]):
    """`grams__holds="冰箱 箱门"`: every one of the space-parted terms occurs. One index look-up on both databases."""

    lookup_name = "holds"

    def as_sql(self, compiler: SQLCompiler, connection: Any) -> tuple[str, tuple[Any, ...]]:
        column, parameters = self.process_lhs(compiler, connection)
        return f"string_to_array({column}, ' ') @> string_to_array(%s, ' ')", (*parameters, self.rhs)

    def as_sqlite(self, compiler: SQLCompiler, connection: Any) -> tuple[str, tuple[Any, ...]]:
        table = compiler.quote_name_unless_alias(self.lhs.alias)
        match = " AND ".join(f'"{term}"' for term in str(self.rhs).split())
        return f"{table}.id IN (SELECT rowid FROM search_grams WHERE search_grams MATCH %s)", (match,)  # noqa: S608 - our own table name

    def get_prep_lookup(self) -> Any:
        return self.rhs


class Document(models.Model):
    """The search terms of one thing: the grams of its words, parted by spaces (see `kit.text.grams`)."""

    subject_type = models.CharField(max_length=60)
    subject_id = models.BigIntegerField()
    grams = models.TextField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["subject_type", "subject_id"], name="document_once")]

    def __str__(self) -> str:
        return f"{self.subject_type} {self.subject_id}"
