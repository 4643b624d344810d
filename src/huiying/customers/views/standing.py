"""A customer's tier and tags."""

from __future__ import annotations

from django.http import HttpResponse
from django.shortcuts import get_object_or_404
from django.utils.timezone import now
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_POST

from huiying.customers.actions.standing import set_tier, tag, untag
from huiying.customers.forms import TagForm, TierForm
from huiying.customers.models import Tier
from huiying.customers.views.sheet import Sheet, carry_out, done, visible_customer
from huiying.staff.http import DeskRequest

TIER = Sheet(title=_("Change the tier"), button=_("Change"), done=_("The tier is changed."))
TAG = Sheet(title=_("Add a tag"), button=_("Add"), done=_("Tagged."))


def tier(request: DeskRequest, number: str) -> HttpResponse:
    customer = visible_customer(request, number)
    form = TierForm(request.POST) if request.method == "POST" else TierForm(initial={"tier": customer.tier})

    def change(filled: TierForm) -> None:
        given = filled.cleaned_data
        set_tier(customer, Tier(given["tier"]), reason=given["reason"], by=request.actor, at=now())

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
