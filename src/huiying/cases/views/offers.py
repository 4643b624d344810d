"""Offers, their approval, and the customer's decision."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal

from django.http import HttpResponse
from django.shortcuts import get_object_or_404
from django.utils.timezone import now
from django.utils.translation import gettext_lazy as _

from huiying.cases.actions import accept_offer, approve, decline_offer, offer, refuse
from huiying.cases.forms import ApprovalForm, DecisionForm, OfferForm, RemedyFormSet
from huiying.cases.models import Case, Offer
from huiying.cases.policies import limit_of
from huiying.cases.views.deed import Sheet, carry_out, visible_case
from huiying.staff.http import DeskRequest

OFFER = Sheet(
    title=_("Offer a solution"),
    button=_("Offer"),
    done=_("The customer sees the offer now."),
    template="cases/_offer_form.html",
)
ASKED = replace(OFFER, done=_("Sent for approval: it is beyond your limit, so the customer does not see it yet."))
APPROVAL = Sheet(
    title=_("Approve the offer"), button=_("Decide"), done=_("Decided."), template="cases/_approval_form.html"
)
DECISION = Sheet(
    title=_("The customer's decision"),
    button=_("Save"),
    done=_("Recorded."),
    template="cases/_approval_form.html",
)


def offers(request: DeskRequest, number: str) -> HttpResponse:
    case = visible_case(request, number)
    posted = request.POST if request.method == "POST" else None
    form, remedies = OfferForm(posted), RemedyFormSet(posted, prefix="remedies")
    limit = limit_of(request.actor)
    more = {"remedies": remedies, "limit": limit}
    given = remedies.cleaned_data if posted is not None and remedies.is_valid() else []
    if posted is not None and not remedies.is_valid():
        form.add_error(None, _("Please look at the rows of what is given."))
    amount = sum((row["amount"] or Decimal(0) for row in given if row.get("kind")), Decimal(0))
    return carry_out(
        request,
        case,
        form,
        ASKED if amount > limit else OFFER,
        lambda f: offer(case, f.draft(given), by=request.actor, at=now()),
        **more,
    )


def offer_approval(request: DeskRequest, number: str, version: int) -> HttpResponse:
    case = visible_case(request, number)
    made = offer_of(case, version)
    form = ApprovalForm(request.POST if request.method == "POST" else None)

    def decide(filled: ApprovalForm) -> None:
        deed = approve if filled.cleaned_data["approved"] else refuse
        deed(made, by=request.actor, at=now(), comment=filled.cleaned_data["comment"])

    return carry_out(request, case, form, APPROVAL, decide, offer=made)


def offer_decision(request: DeskRequest, number: str, version: int) -> HttpResponse:
    case = visible_case(request, number)
    made = offer_of(case, version)
    form = DecisionForm(request.POST if request.method == "POST" else None)

    def decide(filled: DecisionForm) -> None:
        deed = accept_offer if filled.cleaned_data["accepted"] else decline_offer
        deed(made, by=request.actor, at=now(), comment=filled.cleaned_data["comment"])

    return carry_out(request, case, form, DECISION, decide, offer=made)


def offer_of(case: Case, version: int) -> Offer:
    offers_made = Offer.objects.select_related("approval", "made_by", "case").prefetch_related("remedies")
    return get_object_or_404(offers_made, case=case, version=version)
