"""The list of customers: filters, instant search, pages by keyset."""

from __future__ import annotations

from typing import Any

from django.db.models import QuerySet
from django.http import HttpResponse
from django.shortcuts import render
from django.utils.timezone import localdate
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_GET

from huiying.customers.forms import SelectionForm
from huiying.customers.models import Customer, Tier
from huiying.customers.models.customer import CustomerQuerySet
from huiying.customers.policies import (
    may_create,
    may_export,
    may_import,
    may_merge,
    may_see,
    may_see_amounts,
    may_uncover,
)
from huiying.customers.queries.reviews import due_reviews
from huiying.customers.queries.search import search_customers
from huiying.customers.queries.shown import hits
from huiying.customers.queries.standing import suggestions_for
from huiying.kit.guards import ensure
from huiying.kit.paging import capped_count, neighbours, page_of, query_with, said_count
from huiying.staff.http import DeskRequest

PAGE = 50
COUNTED_AT_MOST = 500
FOUND_AT_MOST = 200
REVIEWS_COUNTED = 99


@require_GET
def customer_list(request: DeskRequest) -> HttpResponse:
    ensure(may_see(request.actor))
    form = SelectionForm(request.GET, by=request.actor)
    customers = selected(form, request)
    page = page_of(customers, by="-id", cursor=request.GET.get("cursor", ""), limit=PAGE)
    context = {
        "form": form,
        "page": page,
        "hits": hits(page.items, today=localdate()),
        "count_words": count_in_words(capped_count(customers, at_most=COUNTED_AT_MOST)),
        "query": query_with(request.GET, cursor=""),
        "unattended": "" if request.htmx else told_if_any(vips_alone(request)),
        "suggested": "" if request.htmx else told_if_any(suggestions_for(request.actor)),
        "sees_amounts": may_see_amounts(request.actor),
        "review_count": review_count(request),
        "may_export": may_export(request.actor),
        "may_uncover": may_uncover(request.actor),
        "may_create": may_create(request.actor),
        "may_merge": may_merge(request.actor),
        "may_import": may_import(request.actor),
        **neighbours(request.GET, page),
    }
    return render(request, "customers/_listing.html" if request.htmx else "customers/list.html", context)


def vips_alone(request: DeskRequest) -> CustomerQuerySet:
    """Return the VIPs who have no account manager: each is owed one."""
    return Customer.objects.visible_to(request.actor).current().filter(tier=Tier.VIP).unattended()


def review_count(request: DeskRequest) -> str:
    """Say how many archives are to be looked through; nothing where only the list is drawn anew."""
    if request.htmx:
        return ""
    return told_if_any(due_reviews(request.actor, today=localdate()), at_most=REVIEWS_COUNTED)


def told_if_any(rows: QuerySet[Any], *, at_most: int = COUNTED_AT_MOST) -> str:
    count = capped_count(rows, at_most=at_most)
    return said_count(count, at_most=at_most) if count else ""


def selected(form: SelectionForm, request: DeskRequest) -> CustomerQuerySet:
    """Return the customers whom the words find and the other choices leave."""
    customers = Customer.objects.visible_to(request.actor).current()
    if form.query:
        found = search_customers(form.query, request.actor, limit=FOUND_AT_MOST)
        customers = customers.filter(pk__in=[customer.pk for customer in found])
    return form.narrowed(customers)


def count_in_words(count: int) -> str:
    if count > COUNTED_AT_MOST:
        return _("%(count)s+ customers") % {"count": COUNTED_AT_MOST}
    return ngettext("%(count)s customer", "%(count)s customers", count) % {"count": count}
