"""Tiers that rules suggest: the work list, confirming, declining; and why a customer has their tier."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.timezone import localdate, now
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_GET, require_POST

from huiying.customers.actions.standing import confirm, decline, lift_override
from huiying.customers.forms.standing import DeclineForm
from huiying.customers.models import Suggestion
from huiying.customers.policies import may_revise, may_see
from huiying.customers.queries.standing import suggested, suggestions_for, why
from huiying.customers.views.sheet import Sheet, carry_out, done, visible_customer
from huiying.kit.guards import ensure
from huiying.kit.paging import capped_count, neighbours, page_of, said_count
from huiying.staff.http import DeskRequest

PAGE = 50
DECLINE = Sheet(
    title=gettext_lazy("Decline the suggestion"), button=gettext_lazy("Decline"), done=gettext_lazy("Declined.")
)


@require_GET
def suggestions(request: DeskRequest) -> HttpResponse:
    ensure(may_see(request.actor))
    rows = suggestions_for(request.actor)
    page = page_of(rows, by="-id", cursor=request.GET.get("cursor", ""), limit=PAGE)
    context = {
        "lines": suggested(page.items, by=request.actor),
        "page": page,
        "count": said_count(capped_count(rows)),
        "may_decide": request.actor.can("customers.edit"),
        **neighbours(request.GET, page),
    }
    return render(request, "customers/suggestions.html", context)


@require_POST
def confirmation(request: DeskRequest, pk: int) -> HttpResponse:
    suggestion = visible_suggestion(request, pk)
    confirm(suggestion, by=request.actor, at=now())
    if request.htmx:
        return done(request, suggestion.customer, _("The tier is changed."))
    messages.success(request, _("%(name)s has the tier %(tier)s now.") % {
        "name": suggestion.customer.name, "tier": suggestion.get_tier_display()
    })  # fmt: skip
    return redirect("customers:suggestions")


def declination(request: DeskRequest, pk: int) -> HttpResponse:
    suggestion = visible_suggestion(request, pk)
    form = DeclineForm(request.POST if request.method == "POST" else None)

    def turn_down(filled: DeclineForm) -> None:
        decline(suggestion, reason=filled.cleaned_data["reason"], by=request.actor, at=now())

    return carry_out(request, suggestion.customer, form, DECLINE, turn_down)


@require_GET
def why_tier(request: DeskRequest, number: str) -> HttpResponse:
    """Why this tier? The rule and its figures, or who set it by hand until when; and what the rules say today."""
    customer = visible_customer(request, number)
    told = why(customer, by=request.actor, on=localdate())
    template = "customers/_why_tier.html" if request.htmx else "customers/why_tier.html"
    context = {"customer": customer, "why": told, "may_revise": may_revise(request.actor, customer)}
    return render(request, template, context)


@require_POST
def lifting(request: DeskRequest, number: str) -> HttpResponse:
    customer = visible_customer(request, number)
    lift_override(customer, by=request.actor, at=now())
    return done(request, customer, _("The rules decide again."))


def visible_suggestion(request: DeskRequest, pk: int) -> Suggestion:
    return get_object_or_404(suggestions_for(request.actor), pk=pk)
