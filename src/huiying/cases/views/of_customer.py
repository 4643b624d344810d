"""A customer's cases, included by the customer's page and card."""

from __future__ import annotations

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_GET

from huiying.cases.queries.of_customer import FEW, LATEST, cases_of
from huiying.customers.models import Customer
from huiying.customers.queries.merged import numbered
from huiying.staff.http import DeskRequest


@require_GET
def of_customer(request: DeskRequest, number: str) -> HttpResponse:
    """The latest cases; with `?few` only those that fit on a card, `besides` the one that is being read."""
    customer = get_object_or_404(numbered(number, among=Customer.objects.visible_to(request.actor)))
    at_most = FEW if "few" in request.GET else LATEST
    besides = request.GET.get("besides", "")
    known = cases_of(customer, by=request.actor, at_most=at_most, besides=besides)
    return render(request, "cases/_of_customer.html", {"known": known})
