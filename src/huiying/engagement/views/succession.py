"""Handing over: the wizard, a batch with its results, what a successor takes on, and one customer from their page."""

from __future__ import annotations

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_GET, require_POST

from huiying.customers.models import Customer
from huiying.customers.views.sheet import visible_customer
from huiying.engagement.actions.giving import give_customer
from huiying.engagement.actions.succession import IN_REQUEST, acknowledge, ask_to_undo, go_on, open_succession, shares
from huiying.engagement.forms.pool import GiveForm
from huiying.engagement.forms.succession import LeaverForm, SuccessionForm
from huiying.engagement.models.succession import Succession, SuccessionLine
from huiying.engagement.policies import may_hand_over, may_work
from huiying.engagement.pool_policies import may_give
from huiying.engagement.queries.succession import holds, notes_of, shared_out, to_take_on
from huiying.engagement.succession_task import perform_succession
from huiying.engagement.views.protection import about, gone_on
from huiying.engagement.views.sheet import Sheet, carry_out
from huiying.kit.guards import DomainError, ensure
from huiying.staff.http import DeskRequest
from huiying.staff.models import User

GIVE = Sheet(title=_("Hand the customer over"), button=_("Hand over"), done=_("Handed over; the colleague is told."))


def wizard(request: DeskRequest) -> HttpResponse:
    """GET asks who leaves and shows what they have; POST hands it over: up to fifty things now, more by the worker."""
    ensure(may_hand_over(request.actor))
    leaver = User.objects.filter(pk=key_of(request.GET.get("who", ""))).first()
    form = None
    if leaver is not None:
        form = SuccessionForm(request.POST if request.method == "POST" else None, leaver=leaver)
    if leaver is not None and form is not None and form.is_bound and form.is_valid():
        try:
            made = open_succession(
                leaver, form.wish(), key=form.cleaned_data["key"], by=request.actor, at=timezone.now()
            )
        except DomainError as refusal:
            form.refuse(refusal)
        else:
            return redirect(set_going(made, request))
    context = {
        "leaver": leaver,
        "leavers": LeaverForm(initial={"who": leaver}),
        "form": form,
        "holds": holds(leaver) if leaver else [],
        "past": Succession.objects.select_related("leaver", "made_by").order_by("-id")[:20],
    }
    return render(request, "engagement/handover.html", context, status=422 if form and form.errors else 200)


@require_POST
def preview(request: DeskRequest) -> HttpResponse:
    """Who would get what, were the form sent as it is."""
    ensure(may_hand_over(request.actor))
    leaver = get_object_or_404(User, pk=key_of(request.GET.get("who", "")))
    form = SuccessionForm(request.POST, leaver=leaver)
    form.is_valid()
    seen, problem = None, ""
    if not {"successors", "kinds", "tiers"} & set(form.errors):
        try:
            seen = shared_out(shares(leaver, form.wish()))
        except DomainError as refusal:
            problem = str(refusal)
    return render(request, "engagement/_handover_preview.html", {"seen": seen, "problem": problem})


@require_GET
def batch(request: DeskRequest, pk: int) -> HttpResponse:
    return render(request, "engagement/handover_batch.html", told(visible_batch(request, pk)))


@require_GET
def progress(request: DeskRequest, pk: int) -> HttpResponse:
    return render(request, "engagement/_handover_batch.html", told(visible_batch(request, pk)))


@require_POST
def start(request: DeskRequest, pk: int) -> HttpResponse:
    """Set a batch going again whose worker has not been heard of."""
    waiting = visible_batch(request, pk)
    return redirect(set_going(waiting, request) if waiting.is_stuck else waiting)


@require_POST
def undoing(request: DeskRequest, pk: int) -> HttpResponse:
    done = visible_batch(request, pk)
    ask_to_undo(done, by=request.actor, at=timezone.now())
    return redirect(set_going(done, request))


def mine(request: DeskRequest) -> HttpResponse:
    """What I was handed, a note for each customer; POST takes on what is ticked, or all."""
    ensure(may_work(request.actor))
    if request.method == "POST":
        taken = [int(key) for key in request.POST.getlist("line") if key.isdigit()]
        acknowledge(taken, by=request.actor, at=timezone.now())
        return redirect("engagement:handover_mine")
    lines = to_take_on(request.actor.pk or 0)
    notes = notes_of(lines, by=request.actor)
    shown = {line.pk for note in notes for line in note.lines}
    context = {"notes": notes, "others": [line for line in lines if line.pk not in shown], "lines": lines}
    return render(request, "engagement/handover_mine.html", context)


@require_GET
def hint(request: DeskRequest, pk: int) -> HttpResponse:
    """On a person's page: what they still have, with the way to hand it over."""
    ensure(may_hand_over(request.actor))
    person = get_object_or_404(User, pk=pk)
    return render(request, "engagement/_handover_hint.html", {"person": person, "holds": holds(person, first=0)})


def one(request: DeskRequest, number: str) -> HttpResponse:
    """Hand one customer over from their page."""
    customer: Customer = visible_customer(request, number)
    ensure(may_give(request.actor, customer))
    form = GiveForm(request.POST if request.method == "POST" else None)

    def hand_on(filled: GiveForm) -> None:
        said = filled.cleaned_data
        give_customer(customer, to=said["to"], reason=said["reason"], by=request.actor, at=timezone.now())

    return gone_on(request, customer, carry_out(request, about(customer), form, GIVE, hand_on))


def set_going(waiting: Succession, request: DeskRequest) -> Succession:
    if waiting.is_at_work and waiting.lines.count() > IN_REQUEST:
        perform_succession.enqueue(waiting.pk)
    else:
        go_on(waiting, by=request.actor, at=timezone.now())
    return waiting


def told(shown: Succession) -> dict[str, object]:
    counts = shown.counts()
    given, waiting = SuccessionLine.Result.GIVEN, SuccessionLine.Result.WAITING
    working = given if shown.state == Succession.State.UNDOING else waiting
    total = sum(counts.values())
    return {
        "batch": shown,
        "lines": shown.lines.select_related("to", "customer")[:500],
        "results": [(result.label, counts[result]) for result in SuccessionLine.Result if counts[result]],
        "gone": total - counts[working],
        "total": total,
        "may_undo": shown.undone_until is not None and shown.undone_until > timezone.now(),
    }


def visible_batch(request: DeskRequest, pk: int) -> Succession:
    rows = Succession.objects.visible_to(request.actor).select_related("leaver", "made_by")
    return get_object_or_404(rows, pk=pk)


def key_of(written: str) -> int:
    return int(written) if written.isdigit() and len(written) < 18 else 0
