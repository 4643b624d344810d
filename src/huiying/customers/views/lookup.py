"""Finding the caller while registering: hits to choose from, and the card of the one chosen."""

from __future__ import annotations

from django.http import HttpResponse
from django.shortcuts import render
from django.utils.timezone import localdate
from django.views.decorators.http import require_GET

from huiying.customers.models import Perk
from huiying.customers.policies import may_revise
from huiying.customers.queries.reviews import ages_of
from huiying.customers.queries.search import search_customers
from huiying.customers.queries.shown import hits
from huiying.customers.views.sheet import visible_customer
from huiying.staff.http import DeskRequest

SHOWN = 6
RECENT_ORDERS = 3


@require_GET
def lookup(request: DeskRequest) -> HttpResponse:
    """Customers known by the words `q`, each to be chosen."""
    query = request.GET.get("q", "").strip()
    found = list(search_customers(query, request.actor, limit=SHOWN)) if query else []
    context = {"hits": hits(found, today=localdate()), "query": query}
    return render(request, "customers/_lookup.html", context)


@require_GET
def chosen(request: DeskRequest, number: str) -> HttpResponse:
    """Who was chosen, with the card below."""
    return render(request, "customers/_chosen.html", card_of(request, number))


@require_GET
def card(request: DeskRequest, number: str) -> HttpResponse:
    """What one wants to know of a customer at a glance: number, years, last orders, last cases."""
    return render(request, "customers/_card.html", card_of(request, number))


def card_of(request: DeskRequest, number: str) -> dict[str, object]:
    customer = visible_customer(request, number)
    [hit] = hits([customer], today=localdate())
    return {
        "customer": customer,
        "hit": hit,
        "orders": customer.orders.all()[:RECENT_ORDERS],
        "perks": Perk.objects.for_tier(customer.tier),
        "ages": ages_of(customer, today=localdate()),
        "may_revise": may_revise(request.actor, customer),
    }
