"""A customer's tier and tags."""

from __future__ import annotations

from datetime import timedelta

from django.http import HttpResponse
from django.shortcuts import get_object_or_404
from django.utils.timezone import localdate, now
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_POST

from huiying.customers.actions.standing import set_tier
from huiying.customers.actions.tagging import tag, untag
from huiying.customers.forms import TagForm, TierForm
from huiying.customers.models import Tier, TierTerms
from huiying.customers.views.sheet import Sheet, carry_out, done, visible_customer
from huiying.staff.http import DeskRequest

TIER = Sheet(title=_("Change the tier"), button=_("Change"), done=_("The tier is changed."))
TAG = Sheet(title=_("Add a tag"), button=_("Add"), done=_("Tagged."))


def tier(request: DeskRequest, number: str) -> HttpResponse:
    customer = visible_customer(request, number)
    usual = localdate() + timedelta(days=TierTerms.now().override_days)
    initial = {"tier": customer.tier, "until": usual}
    form = TierForm(request.POST) if request.method == "POST" else TierForm(initial=initial)

    def change(filled: TierForm) -> None:
        given = filled.cleaned_data
        tier = Tier(given["tier"])
        set_tier(customer, tier, reason=given["reason"], until=given["until"], by=request.actor, at=now())

    return carry_out(request, customer, form, TIER, change)


def tags(request: DeskRequest, number: str) -> HttpResponse:
    customer = visible_customer(request, number)
    form = TagForm(request.POST if request.method == "POST" else None)
    return carry_out(
        request, customer, form, TAG, lambda f: tag(customer, f.cleaned_data["tag"], by=request.actor, at=now())
    )


@require_POST
def tag_removal(request: DeskRequest, number: str, pk: int) -> HttpResponse:
    customer = visible_customer(request, number)
    untag(customer, get_object_or_404(customer.tags, pk=pk), by=request.actor, at=now())
    return done(request, customer, _("The tag is off."))
