"""What a customer bought."""

from __future__ import annotations

from dataclasses import asdict

from django.http import HttpResponse
from django.shortcuts import get_object_or_404
from django.utils.timezone import localdate, now
from django.utils.translation import gettext_lazy as _

from huiying.customers.actions.order import add_order, revise_order
from huiying.customers.drafts import order_draft_of
from huiying.customers.forms import OrderForm
from huiying.customers.policies import may_see_amounts
from huiying.customers.views.sheet import Sheet, carry_out, visible_customer
from huiying.staff.http import DeskRequest

NEW = Sheet(title=_("Add an order"), button=_("Add"), done=_("The order is added."))
REVISION = Sheet(title=_("Change the order"), button=_("Save"), done=_("Saved."))


def new_order(request: DeskRequest, number: str) -> HttpResponse:
    customer = visible_customer(request, number)
    form = OrderForm(request.POST) if request.method == "POST" else OrderForm(initial={"ordered_on": localdate()})
    return carry_out(request, customer, form, NEW, lambda f: add_order(customer, f.draft(), by=request.actor, at=now()))


def order(request: DeskRequest, number: str, pk: int) -> HttpResponse:
    customer = visible_customer(request, number)
    known = get_object_or_404(customer.orders.select_related("customer"), pk=pk)
    form = OrderForm(request.POST) if request.method == "POST" else OrderForm(initial=asdict(order_draft_of(known)))
    if not may_see_amounts(request.actor):
        form.without_amount()

    def revise(filled: OrderForm) -> None:
        revise_order(known, filled.draft(order_draft_of(known)), by=request.actor, at=now())

    return carry_out(request, customer, form, REVISION, revise)
