"""Coming birthdays and anniversaries, and how many days ahead account managers are told of them."""

from __future__ import annotations

from django import forms
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.timezone import localdate, now
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_GET

from huiying.customers.models import Customer
from huiying.engagement.actions.occasion import set_days
from huiying.engagement.models import OccasionTerms
from huiying.engagement.queries.occasions import coming
from huiying.kit.forms import DeskForm
from huiying.kit.guards import ensure
from huiying.staff.http import DeskRequest

DAYS = 30


class OccasionTermsForm(DeskForm):
    days = forms.IntegerField(
        label=gettext_lazy("days ahead that the account manager is told"), min_value=0, max_value=30
    )


@require_GET
def occasions(request: DeskRequest) -> HttpResponse:
    """List what comes within thirty days: of one's own customers, or of all whom one may see."""
    ensure(request.actor.can("customers.see"))
    customers = Customer.objects.visible_to(request.actor)
    whose = "all" if request.GET.get("whose") == "all" else "mine"
    if whose == "mine":
        customers = customers.filter(owner=request.actor.pk)
    rows = coming(customers, today=localdate(), days=DAYS, by=request.actor)
    return render(request, "engagement/occasions.html", {"rows": rows, "whose": whose})


def occasion_terms(request: DeskRequest) -> HttpResponse:
    ensure(request.actor.can("settings.manage"))
    known = {"days": OccasionTerms.now().days}
    form = OccasionTermsForm(request.POST) if request.method == "POST" else OccasionTermsForm(initial=known)
    if form.is_bound and form.is_valid():
        set_days(form.cleaned_data["days"], by=request.actor, at=now())
        messages.success(request, _("Saved."))
        return redirect("engagement:settings_occasions")
    return render(request, "engagement/settings/occasions.html", {"form": form}, status=422 if form.is_bound else 200)
