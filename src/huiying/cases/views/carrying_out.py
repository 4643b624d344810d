"""Action items: agreed, completed with proof, or dropped."""

from __future__ import annotations

from django.http import HttpResponse
from django.shortcuts import get_object_or_404
from django.utils.timezone import now
from django.utils.translation import gettext_lazy as _

from huiying.cases.actions import complete, drop_action, plan_action
from huiying.cases.forms import ActionItemForm, ProofForm, ReasonForm
from huiying.cases.models import ActionItem
from huiying.cases.views.deed import Sheet, carry_out, visible_case
from huiying.staff.http import DeskRequest

ACTION = Sheet(title=_("Agree an action item"), button=_("Agree"), done=_("Agreed. Its clock runs."))
COMPLETION = Sheet(title=_("Complete the action item"), button=_("Complete"), done=_("Completed."))
DROPPING = Sheet(title=_("Drop the action item"), button=_("Drop"), done=_("Dropped."))


def actions(request: DeskRequest, number: str) -> HttpResponse:
    case = visible_case(request, number)
    form = ActionItemForm(request.POST if request.method == "POST" else None, case=case)
    return carry_out(request, case, form, ACTION, lambda f: plan_action(case, f.draft(), by=request.actor, at=now()))


def action_completion(request: DeskRequest, number: str, pk: int) -> HttpResponse:
    case = visible_case(request, number)
    item = get_object_or_404(ActionItem.objects.select_related("department", "case"), case=case, pk=pk)
    form = ProofForm(request.POST if request.method == "POST" else None)
    return carry_out(
        request,
        case,
        form,
        COMPLETION,
        lambda f: complete(item, f.cleaned_data["proof"], by=request.actor, at=now()),
        about=item.title,
    )


def action_dropping(request: DeskRequest, number: str, pk: int) -> HttpResponse:
    case = visible_case(request, number)
    item = get_object_or_404(ActionItem.objects.select_related("case"), case=case, pk=pk)
    form = ReasonForm(request.POST if request.method == "POST" else None)
    return carry_out(
        request,
        case,
        form,
        DROPPING,
        lambda f: drop_action(item, f.cleaned_data["reason"], by=request.actor, at=now()),
        about=item.title,
    )
