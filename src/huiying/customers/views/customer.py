"""The customer's page: whatever we know of them in one place (SPEC A2)."""

from __future__ import annotations

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.timezone import localdate
from django.views.decorators.http import require_GET

from huiying.customers.forms.story import StoryForm
from huiying.customers.models import Merge, Order, Perk
from huiying.customers.policies import may_merge, may_revise, may_see_amounts, may_uncover
from huiying.customers.queries.pairs import pairs_of
from huiying.customers.queries.reviews import ages_of
from huiying.customers.queries.shown import contacts_of, facts_of, requirements_of, years_with_us
from huiying.customers.queries.signals import signals_of
from huiying.customers.views.sheet import visible_customer
from huiying.kit.paging import page_of
from huiying.staff.http import DeskRequest

ORDERS_SHOWN = 10


@require_GET
def customer(request: DeskRequest, number: str) -> HttpResponse:
    someone = visible_customer(request, number)
    if someone.number != number:
        return redirect(someone)
    context = {
        "customer": someone,
        "contacts": contacts_of(someone),
        "orders": page_of(Order.objects.filter(customer=someone), by="-ordered_on", limit=ORDERS_SHOWN),
        "facts": facts_of(someone, by=request.actor),
        "perks": Perk.objects.for_tier(someone.tier),
        "requirements": requirements_of(someone),
        "ages": ages_of(someone, today=localdate()),
        "years": years_with_us(someone, today=localdate()),
        "may_revise": may_revise(request.actor, someone),
        "sees_amounts": may_see_amounts(request.actor),
        "may_uncover": may_uncover(request.actor),
        "may_merge": may_merge(request.actor),
        "pairs": pairs_of(someone, by=request.actor),
        "story": StoryForm(request.GET),
        "merges": Merge.objects.standing().for_page().filter(into=someone),
    }
    return render(request, "customers/customer.html", context)


@require_GET
def signals(request: DeskRequest, number: str) -> HttpResponse:
    """What surveys and usage tell of the customer."""
    someone = visible_customer(request, number)
    return render(request, "customers/_signals.html", {"signals": signals_of(someone, today=localdate())})


@require_GET
def orders(request: DeskRequest, number: str) -> HttpResponse:
    """Earlier orders."""
    someone = visible_customer(request, number)
    held = Order.objects.filter(customer=someone)
    page = page_of(held, by="-ordered_on", cursor=request.GET.get("cursor", ""), limit=ORDERS_SHOWN * 3)
    context = {
        "customer": someone,
        "orders": page,
        "may_revise": may_revise(request.actor, someone),
        "sees_amounts": may_see_amounts(request.actor),
    }
    return render(request, "customers/_order_rows.html", context)
