"""The customer's story: a page of its own without scripts, lines on the customer's page with them."""

from __future__ import annotations

from urllib.parse import urlsplit

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_GET
from django_htmx.http import replace_url

from huiying.customers.forms.story import StoryForm
from huiying.customers.models import Customer
from huiying.customers.queries.timeline import timeline
from huiying.customers.views.sheet import visible_customer
from huiying.kit.paging import query_with
from huiying.staff.http import DeskRequest

FILTER = "story-filter"


@require_GET
def story(request: DeskRequest, number: str) -> HttpResponse:
    """One page of the timeline; the form narrows it, `cursor` goes further back."""
    someone = visible_customer(request, number)
    form, cursor = StoryForm(request.GET), request.GET.get("cursor", "")
    page = timeline(someone, by=request.actor, wanted=form.wanted, cursor=cursor)
    context = {
        "customer": someone,
        "story": form,
        "page": page,
        "is_first": not cursor,
        "older": query_with(request.GET, cursor=page.next_cursor) if page.next_cursor else "",
    }
    template = "customers/_timeline.html" if request.htmx else "customers/timeline.html"
    answer = render(request, template, context)
    return replace_url(answer, address_of(request, someone, form)) if request.htmx.trigger == FILTER else answer


def address_of(request: DeskRequest, customer: Customer, form: StoryForm) -> str:
    """Return where the reader is, with what they chose: this page, or their place on the customer's."""
    here = reverse("customers:timeline", args=[customer.number])
    asked = f"?{form.query}" if form.query else ""
    if urlsplit(request.htmx.current_url_abs_path or "").path == here:
        return here + asked
    return f"{customer.get_absolute_url()}{asked}#story"
