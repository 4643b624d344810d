"""Deeds on planned contacts: plan by hand, move to another day, skip with a reason, plan again."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import timedelta

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.timezone import localdate, now
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST

from huiying.customers.views.sheet import Sheet, carry_out, visible_customer
from huiying.engagement.actions import move_contact, plan_contact, revive_contact, skip_contact
from huiying.engagement.forms import PlanForm, SkipForm
from huiying.engagement.models import PlannedContact
from huiying.engagement.policies import may_record, may_tend
from huiying.engagement.queries.listing import day_in
from huiying.kit import times
from huiying.kit.guards import BadInput, ensure
from huiying.staff.http import DeskRequest

PLAN = Sheet(title=gettext_lazy("Plan a contact"), button=gettext_lazy("Plan"), done=gettext_lazy("Planned."))
SKIP = Sheet(title=gettext_lazy("Skip this contact"), button=gettext_lazy("Skip"), done=gettext_lazy("Skipped."))


def new_plan(request: DeskRequest, number: str) -> HttpResponse:
    customer = visible_customer(request, number)
    ensure(may_record(request.actor, customer))
    first = {"due_on": localdate() + timedelta(days=1), "means": "phone"}
    form = PlanForm(request.POST) if request.method == "POST" else PlanForm(initial=first)
    return carry_out(
        request, customer, form, PLAN, lambda f: plan_contact(customer, f.draft(), by=request.actor, at=now())
    )


def skipping(request: DeskRequest, pk: int) -> HttpResponse:
    planned = visible_plan(request, pk)
    ensure(may_tend(request.actor, planned))
    form = SkipForm(request.POST if request.method == "POST" else None)
    back = {"href": reverse("engagement:reviving", args=[pk]), "values": {}, "label": _("Undo")}
    return carry_out(
        request,
        planned.customer,
        form,
        replace(SKIP, undo=back),
        lambda f: skip_contact(planned, f.cleaned_data["reason"], by=request.actor, at=now()),
    )


@require_POST
def reviving(request: DeskRequest, pk: int) -> HttpResponse:
    planned = visible_plan(request, pk)
    revive_contact(planned, by=request.actor, at=now())
    return changed(request, _("Planned again."))


@require_POST
def move(request: DeskRequest, pk: int) -> HttpResponse:
    """Put it on another day; the answer offers to put it back."""
    planned = visible_plan(request, pk)
    old, to = planned.due_on, day_in(request.POST.get("to", ""))
    if to is None:
        raise BadInput(_("Please choose a day."), field="to")
    move_contact(planned, to, by=request.actor, at=now())
    day = times.day_in_words(to, today=localdate())
    said = _("%(name)s: moved to %(day)s.") % {"name": planned.customer, "day": day}
    back = {"href": reverse("engagement:move", args=[pk]), "values": {"to": old.isoformat()}, "label": _("Undo")}
    return changed(request, said, undo=back if old >= localdate() else None)


def visible_plan(request: DeskRequest, pk: int) -> PlannedContact:
    return get_object_or_404(PlannedContact.objects.visible_to(request.actor).for_rows(), pk=pk)


def changed(request: DeskRequest, sentence: str, *, undo: object = None) -> HttpResponse:
    """Let the page fetch itself anew; without scripts, go back to the page of care."""
    if not request.htmx:
        messages.success(request, sentence)
        return redirect("engagement:care")
    events = {"customer-changed": True, "say": {"text": sentence, "tone": "success", "undo": undo}}
    return HttpResponse(status=204, headers={"HX-Trigger": json.dumps(events)})
