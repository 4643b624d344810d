"""Orders: what customers bought."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from decimal import Decimal
from typing import Annotated

from django.shortcuts import get_object_or_404
from django.utils import timezone
from django.utils.translation import gettext_noop as _
from ninja import Query
from ninja import Status as Answer
from pydantic import ConfigDict, StringConstraints

from huiying.customers.actions.order import add_order, revise_order
from huiying.customers.api.router import router
from huiying.customers.api.shown import Amount, Name, OrderShown, ShortName, UpTo60, order_shown, visible_customer
from huiying.customers.drafts import OrderDraft, order_draft_of
from huiying.customers.models import Customer, Order
from huiying.kit.paging import page_of
from huiying.kit.rest import Ask, Day, Line, Page, PageOf, only_given
from huiying.staff.http import ApiRequest

State = Annotated[str, StringConstraints(max_length=30)]


class OrdersWanted(PageOf):
    """Which orders."""

    customer: Line = ""
    number: Line = ""


class OrderFields(Ask):
    model_config = ConfigDict(extra="forbid")

    quantity: Amount = Decimal(1)
    amount: Amount = Decimal(0)
    state: State = ""
    logistics_number: UpTo60 = ""


class OrderAsk(OrderFields):
    """An order to be entered; its number is one in the whole installation."""

    number: ShortName
    product: Name
    ordered_on: Day


class OrderRevisionAsk(OrderFields):
    """Only what is sent is changed."""

    product: Name = ""
    ordered_on: Day = date(2000, 1, 1)


@router.get("/orders", response=Page[OrderShown], summary=_("List orders"))
def orders(request: ApiRequest, ask: Query[OrdersWanted]) -> Page[OrderShown]:
    rows = Order.objects.filter(customer__in=Customer.objects.visible_to(request.actor).current())
    if ask.customer:
        rows = rows.filter(customer__number=ask.customer.upper())
    if ask.number:
        rows = rows.filter(number=ask.number)
    page = page_of(rows.select_related("customer"), by="-id", cursor=ask.cursor, limit=ask.limit)
    return Page(items=[order_shown(order, by=request.actor) for order in page.items], next_cursor=page.next_cursor)


@router.get("/customers/{number}/orders", response=Page[OrderShown], summary=_("List a customer's orders"))
def orders_of_customer(request: ApiRequest, number: str, ask: Query[PageOf]) -> Page[OrderShown]:
    rows = Order.objects.filter(customer=visible_customer(request, number)).select_related("customer")
    page = page_of(rows, by="-ordered_on", cursor=ask.cursor, limit=ask.limit)
    return Page(items=[order_shown(order, by=request.actor) for order in page.items], next_cursor=page.next_cursor)


@router.post("/customers/{number}/orders", response={201: OrderShown}, summary=_("Add an order"))
def enter_order(request: ApiRequest, number: str, ask: OrderAsk) -> Answer[OrderShown]:
    customer = visible_customer(request, number)
    order = add_order(customer, OrderDraft(**dict(ask)), by=request.actor, at=timezone.now())
    return Answer(201, order_shown(order, by=request.actor))


@router.patch("/orders/{number}", response=OrderShown, summary=_("Correct an order"))
def correct_order(request: ApiRequest, number: str, ask: OrderRevisionAsk) -> OrderShown:
    visible = Customer.objects.visible_to(request.actor).current()
    order = get_object_or_404(Order.objects.filter(customer__in=visible).select_related("customer"), number=number)
    revise_order(order, replace(order_draft_of(order), **only_given(ask)), by=request.actor, at=timezone.now())
    return order_shown(order, by=request.actor)
