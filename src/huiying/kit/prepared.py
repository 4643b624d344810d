"""Statements that are composed once and asked again and again.

Of a page like the desk, composing a dozen long statements took twice as long as having them answered.
"""

from __future__ import annotations

import threading
from collections import OrderedDict
from collections.abc import Callable
from functools import wraps
from typing import Any, Generic, TypeVar, TypeVarTuple, cast

from django.core.exceptions import EmptyResultSet
from django.db import connections
from django.db.models import Model, QuerySet
from django.db.models.query import ModelIterable
from django.db.models.sql import Query

M = TypeVar("M", bound=Model)
Key = TypeVarTuple("Key")
Statement = tuple[str, tuple[object, ...]]
KEPT_AT_MOST = 500  # by each thread: a dozen statements of forty people, some 30 KiB each


class Prepared(Generic[M]):
    """A queryset whose statement stands; each `fetch` asks the database anew.

    Of the queryset only its statement and how rows become objects are kept: the rest is ten times as large.
    """

    def __init__(self, rows: QuerySet[M]) -> None:
        self.compiler = cast(Any, rows.query.get_compiler(using=rows.db))
        try:
            self.statement: Statement | None = self.compiler.as_sql()
        except EmptyResultSet:
            self.statement = None
        bare = cast(Any, Query(rows.model))
        bare.get_compiler = lambda **_asked: self.compiler
        self.compiler.query, self.compiler.where, self.compiler.as_sql = bare, None, self.as_sql
        self.rows = QuerySet[M](rows.model, query=bare, using=rows.db)

    def as_sql(self) -> Statement:
        if self.statement is None:
            raise EmptyResultSet
        return self.statement

    @property
    def is_of_this_connection(self) -> bool:
        return self.compiler.connection is connections[self.rows.db]

    def fetch(self) -> list[M]:
        return list(ModelIterable(self.rows))


class Shelf(threading.local):
    """What one thread has prepared, the last used last."""

    def __init__(self) -> None:
        self.kept: OrderedDict[object, Prepared[Any]] = OrderedDict()


shelf = Shelf()


def prepared(compose: Callable[[*Key], QuerySet[M]]) -> Callable[[*Key], list[M]]:
    """Return a function that fetches what `compose` describes and composes it only once for the same arguments.

    The arguments are hashable and say all that the statement depends on: no moment, nothing looked up on the way.
    No prefetching. A statement that depends on the day gets the day.
    """

    @wraps(compose)
    def fetch(*key: *Key) -> list[M]:
        known = shelf.kept.get((compose, key))
        if known is None or not known.is_of_this_connection:
            known = shelf.kept[compose, key] = Prepared(compose(*key))
            while len(shelf.kept) > KEPT_AT_MOST:
                shelf.kept.popitem(last=False)
        shelf.kept.move_to_end((compose, key))
        return known.fetch()

    return fetch
