"""The board of needs, and the needs of one customer."""

from __future__ import annotations

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_GET, require_POST

from huiying.customers.models import Customer
from huiying.engagement.actions.need import add_need, confirm
from huiying.engagement.forms.need import NeedForm, NeedsFilter
from huiying.engagement.lifecycle import Stage, ensure_move
from huiying.engagement.models import Need
from huiying.engagement.need_policies import may_add_need, may_price, may_set_rules
from huiying.engagement.policies import may_work
from huiying.engagement.queries.need import board_of, chosen, needs_of
from huiying.engagement.views.sheet import About, Sheet, carry_out, done
from huiying.kit.guards import BadInput, ensure
from huiying.kit.paging import query_with
from huiying.staff.http import DeskRequest

ADD = Sheet(title=_("Add a need"), button=_("Add"), done=_("The need is on the board."))
CONFIRMED = Sheet(title="", button="", done=_("Confirmed. Next: a proposal."))
FORMS = {
    Stage.PROPOSED: "engagement:need_proposal",
    Stage.PRESENTED: "engagement:need_presentation",
    Stage.AGREED: "engagement:need_agreement",
    Stage.DELIVERED: "engagement:need_delivery",
    Stage.FOLLOWED_UP: "engagement:need_follow_up",
}


@require_GET
def needs(request: DeskRequest) -> HttpResponse:
    ensure(may_work(request.actor))
    form = NeedsFilter(request.GET)
    today, shows_value = timezone.localdate(), may_price(request.actor)
    asked = form.cleaned_data
    found = chosen(asked, by=request.actor, today=today)
    only, more = str(asked.get("stage") or ""), request.GET.get("more", "")
    board = board_of(found, by=request.actor, at=timezone.now(), shows_value=shows_value, only=only, more=more)
    context = {
        "board": board,
        "form": form,
        "narrows": any(asked.values()),
        "shows_value": shows_value,
        "query": query_with(request.GET, more=""),
        "may_set_rules": may_set_rules(request.actor),
    }
    return render(request, "engagement/_needs.html" if request.htmx else "engagement/needs.html", context)


@require_POST
def move(request: DeskRequest, pk: int) -> HttpResponse:
    """Move a card, or answer with the form of what must be said first."""
    need = visible_need(request, pk)
    target = request.POST.get("to", "")
    if target not in Stage.values:
        raise BadInput(_("“{stage}” is no stage.").format(stage=target))
    ensure_move(need.at_stage, Stage(target))
    if target == Stage.CONFIRMED:
        confirm(need, by=request.actor, at=timezone.now())
        return done(request, about(need), CONFIRMED)
    return redirect(FORMS[Stage(target)], need.pk)


@require_GET
def of_customer(request: DeskRequest, number: str) -> HttpResponse:
    """A customer's needs, included by their page."""
    customer = visible_customer(request, number)
    context = {
        "customer": customer,
        "cards": needs_of(customer, by=request.actor, today=timezone.localdate()),
        "shows_value": may_price(request.actor),
        "may_add": may_add_need(request.actor, customer),
    }
    return render(request, "engagement/_needs_of_customer.html", context)


def new_need(request: DeskRequest, number: str) -> HttpResponse:
    customer = visible_customer(request, number)
    ensure(may_add_need(request.actor, customer))
    initial = {"owner": request.actor.pk}
    bound = request.POST if request.method == "POST" else None
    form = NeedForm(bound, initial=initial, shows_value=may_price(request.actor))
    behind = About(line=f"{customer.number} · {customer.name}", address=customer.get_absolute_url())
    return carry_out(
        request, behind, form, ADD, lambda f: add_need(customer, f.draft(), by=request.actor, at=timezone.now())
    )


def visible_customer(request: DeskRequest, number: str) -> Customer:
    return get_object_or_404(Customer.objects.visible_to(request.actor), number=number)


def visible_need(request: DeskRequest, pk: int) -> Need:
    return get_object_or_404(Need.objects.visible_to(request.actor).select_related("customer", "owner"), pk=pk)


def about(need: Need) -> About:
    return About(line=f"{need.customer.name} · {need}", address=need.get_absolute_url())
