"""GET customers/{number}/figures and figures."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.utils.translation import gettext_noop as _
from ninja import Query, Schema

from huiying.customers.api.shown import Amount, visible_customer
from huiying.customers.models import Figures
from huiying.insight.api.router import router
from huiying.insight.policies import may_see_amounts, may_see_value
from huiying.insight.queries.segments import order_for, segment_of, visible_figures
from huiying.insight.queries.terms import terms_now
from huiying.kit.guards import ensure
from huiying.kit.paging import page_of
from huiying.kit.rest import Page, PageOf
from huiying.staff.http import ApiRequest

AMOUNTS = (
    *("amount", "amount_year", "amount_year_before", "lifetime_value"),
    *("monetary_score", "value_percentile"),
)
PLAIN = (
    *("as_of", "orders", "first_order_on", "last_order_on", "recency_score", "frequency_score"),
    *("alive", "expected_orders", "churn"),
)


class FiguresShown(Schema):
    """What is reckoned of a customer each night. Amounts, and what ranks by them, are null for who may not see
    them; null is not known."""

    customer: str
    as_of: date
    orders: int
    first_order_on: date | None
    last_order_on: date | None
    recency_score: int | None
    frequency_score: int | None
    monetary_score: int | None
    segment: str | None
    alive: float | None
    expected_orders: float | None
    value_percentile: float | None
    churn: int | None
    amount: Amount | None
    amount_year: Amount | None
    amount_year_before: Amount | None
    lifetime_value: Amount | None


@router.get("/figures", response=Page[FiguresShown], summary=_("List the figures of customers"))
def list_figures(request: ApiRequest, ask: Query[PageOf]) -> Page[FiguresShown]:
    """The customers who should be worth most come first; for who may not see amounts, those who ordered last."""
    ensure(may_see_value(request.actor))
    rows = visible_figures(request.actor).select_related("customer")
    page = page_of(rows, by=order_for(request.actor), cursor=ask.cursor, limit=ask.limit)
    high_from = terms_now().high_from
    items = [figures_shown(one, request, high_from=high_from) for one in page.items]
    return Page(items=items, next_cursor=page.next_cursor)


@router.get("/customers/{number}/figures", response=FiguresShown | None, summary=_("Show a customer's figures"))
def figures(request: ApiRequest, number: str) -> FiguresShown | None:
    """Null before the first night."""
    customer = visible_customer(request, number)
    known = Figures.objects.filter(customer=customer).select_related("customer").first()
    return figures_shown(known, request, high_from=terms_now().high_from) if known else None


def figures_shown(one: Figures, request: ApiRequest, *, high_from: int) -> FiguresShown:
    sees, segment = may_see_amounts(request.actor), segment_of(one, high_from=high_from)
    money: dict[str, Any] = {name: getattr(one, name) if sees else None for name in AMOUNTS}
    return FiguresShown(
        customer=one.customer.number,
        segment=segment.code if segment else None,
        **{name: getattr(one, name) for name in PLAIN},
        **money,
    )
