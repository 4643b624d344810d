"""Lists a page at a time: each page begins after the last row of the one before (keyset), however long the list."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Any, Generic, TypeVar

from django.core import signing
from django.db import models
from django.db.models import F, Field, OrderBy, Q
from django.http import QueryDict
from django.utils.translation import gettext_lazy as _

from huiying.kit.guards import BadInput

Row = TypeVar("Row", bound=models.Model)
SALT = "huiying.cursor"


@dataclass(frozen=True)
class Rows(Generic[Row]):
    """One page of a list; `next_cursor` is None on the last one, `previous_cursor` on the first."""

    items: list[Row]
    next_cursor: str | None
    previous_cursor: str | None = None


def page_of(rows: models.QuerySet[Row], *, by: str, cursor: str = "", limit: int) -> Rows[Row]:
    """Return up to `limit` rows after the cursor, ordered by a field ("-" reverses; empty ones last), then by key.

    Raises BadInput for a cursor that is none of this list's.
    """
    order, turned = Order.of(rows.model, by), False
    if cursor:
        value, key, turned = read_cursor(cursor, of=by, size=3)
        order = replace(order, turned=turned)
        rows = rows.filter(order.beyond(order.column.to_python(value), key))
    found = list(rows.order_by(*order.terms)[: limit + 1])
    page, has_more = found[:limit], len(found) > limit
    if turned:
        page.reverse()
    comes_after, comes_before = (bool(cursor), has_more) if turned else (has_more, bool(cursor))
    return Rows(
        page,
        next_cursor=order.cursor_at(page[-1], by) if page and comes_after else None,
        previous_cursor=order.cursor_at(page[0], by, turned=True) if page and comes_before else None,
    )


@dataclass(frozen=True)
class Order:
    """An order by one column, then by key; `turned` reads it from the end towards the beginning."""

    column: Field[Any, Any]
    backwards: bool
    turned: bool = False

    @classmethod
    def of(cls, model: type[models.Model], by: str) -> Order:
        column = model._meta.get_field(by.removeprefix("-"))
        assert isinstance(column, Field)
        return cls(column, by.startswith("-"))

    @property
    def descends(self) -> bool:
        return self.backwards != self.turned

    @property
    def terms(self) -> list[OrderBy]:
        name = self.column.attname
        # where the empty ones stand is said only where there may be any: an index serves the plain order
        empty = {"nulls_first" if self.turned else "nulls_last": True} if self.column.null else {}
        if self.descends:
            return [F(name).desc(**empty), F("pk").desc()]
        return [F(name).asc(**empty), F("pk").asc()]

    def beyond(self, value: object, key: object) -> Q:
        """Return the condition on rows after (value, key), so written that an index on (column, key) serves it."""
        way, name = "lt" if self.descends else "gt", self.column.attname
        later, empty = Q(**{f"pk__{way}": key}), Q(**{f"{name}__isnull": True})
        if value is None:
            return ~empty | (empty & later) if self.turned else empty & later
        further = Q(**{f"{name}__{way}e": value}) & (Q(**{f"{name}__{way}": value}) | later)
        return further | empty if self.column.null and not self.turned else further

    def cursor_at(self, row: models.Model, by: str, *, turned: bool = False) -> str:
        value = getattr(row, self.column.attname)
        return make_cursor(by, value.isoformat() if isinstance(value, date) else value, row.pk, turned)


def make_cursor(of: str, *position: object) -> str:
    """Return an opaque word for a place in the list `of`; it is signed, so only what we gave out comes back."""
    return signing.dumps([of, *position], salt=SALT)


def read_cursor(cursor: str, *, of: str, size: int) -> Sequence[Any]:
    """Return the position that `make_cursor` was given. Raises BadInput."""
    position: list[Any]
    try:
        whose, *position = signing.loads(cursor, salt=SALT)
    except (signing.BadSignature, ValueError):
        whose, position = "", []
    if whose != of or len(position) != size:
        raise BadInput(_("This cursor belongs to no page of this list; begin again without one."), field="cursor")
    return position


def capped_count(rows: models.QuerySet[Any], *, at_most: int = 500) -> int:
    """Count rows, but no further than one past the cap: who sees "500+" need not wait for the rest."""
    return rows.order_by()[: at_most + 1].count()


def said_count(count: int, *, at_most: int = 500) -> str:
    """Say what `capped_count` counted: “500+” beyond the cap."""
    return f"{at_most}+" if count > at_most else str(count)


def query_with(query: QueryDict, **changes: str | None) -> str:
    """Return the query string with some parts changed; an empty one is left out."""
    changed = query.copy()
    for name, value in changes.items():
        changed.pop(name, None)
        if value:
            changed[name] = value
    return changed.urlencode()


def neighbours(query: QueryDict, page: Rows[Any]) -> dict[str, str]:
    """Return what _pagination.html needs: the query strings of the pages beside this one, "" where there is none."""
    return {
        "newer": query_with(query, cursor=page.previous_cursor) if page.previous_cursor else "",
        "older": query_with(query, cursor=page.next_cursor) if page.next_cursor else "",
    }
