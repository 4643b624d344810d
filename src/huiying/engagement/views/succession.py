"""Handing over: the wizard with its preview, the hint on a person's page, and one customer from their page."""

from __future__ import annotations

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_GET, require_POST

from huiying.customers.models import Customer
from huiying.customers.views.sheet import visible_customer
from huiying.engagement.actions.giving import give_customer
from huiying.engagement.actions.succession import open_succession
from huiying.engagement.forms.pool import GiveForm
from huiying.engagement.forms.succession import LeaverForm, SuccessionForm
from huiying.engagement.models import Succession
from huiying.engagement.offices import offices_of
from huiying.engagement.policies import handing_over_for, may_hand_over
from huiying.engagement.pool_policies import may_give
from huiying.engagement.queries.introductions import forecast
from huiying.engagement.queries.succession import holds, shared_out
from huiying.engagement.shares import shares
from huiying.engagement.views.protection import about, gone_on
from huiying.engagement.views.sheet import Sheet, carry_out
from huiying.engagement.views.succession_batch import set_going
from huiying.kit.guards import DomainError, ensure
from huiying.staff.http import DeskRequest
from huiying.staff.models import User
from huiying.staff.references import key_in

GIVE = Sheet(title=_("Hand the customer over"), button=_("Hand over"), done=_("Handed over; the colleague is told."))


def wizard(request: DeskRequest) -> HttpResponse:
    """GET asks who leaves and shows what they have; POST hands it over: up to fifty things now, more by the worker."""
    ensure(may_hand_over(request.actor))
    leaver = leaver_asked(request) if request.GET.get("who") else None
    form = None
    if leaver is not None:
        given = request.POST if request.method == "POST" else None
        form = SuccessionForm(given, leaver=leaver, by=request.actor)
    if leaver is not None and form is not None and form.is_bound and form.is_valid():
        try:
            made = open_succession(
                leaver, form.wish(), key=form.cleaned_data["key"], by=request.actor, at=timezone.now()
            )
        except DomainError as refusal:
            form.refuse(refusal)
        else:
            return redirect(set_going(made, request))
    batches = Succession.objects.visible_to(request.actor).select_related("leaver", "made_by")
    context = {
        "leaver": leaver,
        "leavers": LeaverForm(initial={"who": leaver}, by=request.actor),
        "form": form,
        "holds": holds(leaver, by=request.actor) if leaver else [],
        "offices": offices_of(leaver, by=request.actor) if leaver else [],
        "planned": batches.filter(state=Succession.State.PLANNED).order_by("takes_effect_on", "id"),
        "past": batches.exclude(state=Succession.State.PLANNED).order_by("-id")[:20],
    }
    return render(request, "engagement/handover.html", context, status=422 if form and form.errors else 200)


@require_POST
def preview(request: DeskRequest) -> HttpResponse:
    """Who would get what, were the form sent as it is."""
    leaver = leaver_asked(request)
    form = SuccessionForm(request.POST, leaver=leaver, by=request.actor)
    form.is_valid()
    seen, problem, heard = None, "", None
    if not {"successors", "kinds", "tiers"} & set(form.errors):
        try:
            given = shares(leaver, form.wish(), by=request.actor)
            seen, heard = shared_out(given), forecast(given, by=request.actor, now=timezone.now())
        except DomainError as refusal:
            problem = str(refusal)
    return render(request, "engagement/_handover_preview.html", {"seen": seen, "problem": problem, "heard": heard})


@require_GET
def hint(request: DeskRequest, pk: int) -> HttpResponse:
    """On a person's page: what they still have, with the way to hand it over."""
    ensure(may_hand_over(request.actor))
    person = handing_over_for(request.actor).filter(pk=pk).first()
    context = {
        "person": person,
        "holds": holds(person, by=request.actor, first=0) if person else [],
        "offices": offices_of(person, by=request.actor) if person else [],
        "planned": Succession.objects.filter(leaver=person, state=Succession.State.PLANNED).first() if person else None,
    }
    return render(request, "engagement/_handover_hint.html", context)


def one(request: DeskRequest, number: str) -> HttpResponse:
    """Hand one customer over from their page."""
    customer: Customer = visible_customer(request, number)
    ensure(may_give(request.actor, customer))
    form = GiveForm(request.POST if request.method == "POST" else None)

    def hand_on(filled: GiveForm) -> None:
        said = filled.cleaned_data
        give_customer(customer, to=said["to"], reason=said["reason"], by=request.actor, at=timezone.now())

    answer = carry_out(request, about(customer), form, GIVE, hand_on)
    to = form.cleaned_data.get("to") if form.is_bound else None
    said = _("{name} looks after {customer} now and was told.").format(name=to or "", customer=customer.name)
    return gone_on(request, customer, answer, said=said)


def leaver_asked(request: DeskRequest) -> User:
    """Return whose work is to be handed over; of whom the actor may not, there is nobody to be found."""
    ensure(may_hand_over(request.actor))
    people = handing_over_for(request.actor).with_standing()
    return get_object_or_404(people, pk=key_in(request.GET.get("who", "")))
