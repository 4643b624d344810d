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
V = TypeVar("V", int, str)
Key = TypeVarTuple("Key")
Statement = tuple[str, tuple[object, ...]]
KEPT_AT_MOST = 500  # by each thread: a dozen statements of forty people, some 30 KiB each
ANY_KEY = -0x5EED_5EED_5EED_5EED  # no row has it
ANY_NUMBER = "\x00any"


class Prepared(Generic[M]):
    """A queryset whose statement stands; each `fetch` asks the database anew, for a value where one was left open.

    Of the queryset only its statement and how rows become objects are kept: the rest is ten times as large.
    """

    def __init__(self, rows: QuerySet[M], *, left_open: object = None) -> None:
        self.compiler = cast(Any, rows.query.get_compiler(using=rows.db))
        self.statement = statement_of(self.compiler)
        bare = cast(Any, Query(rows.model))
        bare.get_compiler = lambda **_asked: self.compiler
        self.compiler.query, self.compiler.where, self.compiler.as_sql = bare, None, self.as_sql
        self.rows = QuerySet[M](rows.model, query=bare, using=rows.db)
        self.value = self.left_open = left_open
        if left_open is not None and self.statement is not None and left_open not in self.statement[1]:
            raise ValueError("The value left open is none of the statement's parameters.")

    def as_sql(self) -> Statement:
        if self.statement is None:
            raise EmptyResultSet
        sql, parameters = self.statement
        if self.left_open is not None:
            parameters = tuple(self.value if one == self.left_open else one for one in parameters)
        return sql, parameters

    @property
    def is_of_this_connection(self) -> bool:
        return self.compiler.connection is connections[self.rows.db]

    def fetch(self, value: object = None) -> list[M]:
        self.value = value
        return list(ModelIterable(self.rows))


def statement_of(compiler: Any) -> Statement | None:
    """Return the statement and its parameters; None where nothing can be found, so that nothing need be asked."""
    try:
        return cast(Statement, compiler.as_sql())
    except EmptyResultSet:
        return None


class Shelf(threading.local):
    """What one thread has prepared, the last used last."""

    def __init__(self) -> None:
        self.kept: OrderedDict[object, Prepared[Any]] = OrderedDict()

    def take(self, key: object, prepare: Callable[[], Prepared[M]]) -> Prepared[M]:
        known = self.kept.get(key)
        if known is None or not known.is_of_this_connection:
            known = self.kept[key] = prepare()
            while len(self.kept) > KEPT_AT_MOST:
                self.kept.popitem(last=False)
        self.kept.move_to_end(key)
        return known


shelf = Shelf()


def prepared(compose: Callable[[*Key], QuerySet[M]]) -> Callable[[*Key], list[M]]:
    """Return a function that fetches what `compose` describes and composes it only once for the same arguments.

    The arguments are hashable and say all that the statement depends on: no moment, nothing looked up on the way.
    No prefetching. A statement that depends on the day gets the day.
    """

    @wraps(compose)
    def fetch(*key: *Key) -> list[M]:
        return shelf.take((compose, key), lambda: Prepared(compose(*key))).fetch()

    return fetch


def prepared_for(
    stand_in: V,
) -> Callable[[Callable[[V, *Key], QuerySet[M]]], Callable[[V, *Key], list[M]]]:
    """Return a decorator like `prepared` whose first argument stays open: the same statement serves for any value.

    `compose` is given the stand-in, ANY_KEY or ANY_NUMBER, and may only compare with it.
    """

    def decorate(compose: Callable[[V, *Key], QuerySet[M]]) -> Callable[[V, *Key], list[M]]:
        @wraps(compose)
        def fetch(value: V, *key: *Key) -> list[M]:
            made = shelf.take((compose, key), lambda: Prepared(compose(stand_in, *key), left_open=stand_in))
            return made.fetch(value)

        return fetch

    return decorate
