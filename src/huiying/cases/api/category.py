"""GET categories: the tree of causes."""

from __future__ import annotations

from django.utils.translation import gettext_noop as _
from ninja import Query, Schema

from huiying.cases.api.router import router
from huiying.cases.models import Category, Kind
from huiying.cases.queries.category import serves
from huiying.kit.paging import page_of
from huiying.kit.rest import Code, Page, PageOf
from huiying.staff.http import ApiRequest


class CategoryShown(Schema):
    """A cause category; `full_name` names its parents, `kinds` the kinds of case it serves, none meaning all."""

    id: int
    code: str
    name: str
    full_name: str
    parent: int | None
    kinds: list[Code[Kind]]


class CategoriesWanted(PageOf):
    """Which categories."""

    kind: Code[Kind] | None = None


@router.get("/categories", response=Page[CategoryShown], summary=_("List the categories in use"))
def categories(request: ApiRequest, ask: Query[CategoriesWanted]) -> Page[CategoryShown]:
    in_use = Category.objects.in_use()
    keys = [one.pk for one in in_use if serves(one, ask.kind or "")]  # the tree is small; SQLite cannot look into JSON
    page = page_of(in_use.filter(pk__in=keys), by="path", cursor=ask.cursor, limit=ask.limit)
    return Page(items=[category_shown(one) for one in page.items], next_cursor=page.next_cursor)


def category_shown(one: Category) -> CategoryShown:
    return CategoryShown(
        id=one.pk, code=one.code, name=one.name, full_name=one.full_name, parent=one.parent_id, kinds=one.kinds
    )
