"""Forming a task force, its plan, and disbanding it."""

from __future__ import annotations

from django.http import HttpResponse
from django.shortcuts import get_object_or_404
from django.utils.timezone import now
from django.utils.translation import gettext_lazy as _

from huiying.cases.actions import close_task_force, form_task_force, plan_task_force
from huiying.cases.forms.task_force import PlannedActionFormSet, TaskForceForm, TaskForcePlanForm, TaskForceResultForm
from huiying.cases.models import Case, TaskForce
from huiying.cases.views.deed import Sheet, carry_out, visible_case
from huiying.staff.http import DeskRequest

FORM = Sheet(
    title=_("Form a task force"),
    button=_("Form"),
    done=_("Formed. Its members know and see the case; the first plan is due in two hours."),
    hint=_("For what no department solves alone. Members see the case until the task force is disbanded."),
    template="cases/_task_force_form.html",
)
PLAN = Sheet(
    title=_("Plan of the task force"),
    button=_("Put down"),
    done=_("Put down. What everybody does stands under “Carrying out”."),
    template="cases/_task_force_plan.html",
)
CLOSE = Sheet(title=_("Disband the task force"), button=_("Disband"), done=_("Disbanded."))


def task_force(request: DeskRequest, number: str) -> HttpResponse:
    case = visible_case(request, number)
    form = TaskForceForm(request.POST if request.method == "POST" else None, initial={"lead": case.owner_id})
    return carry_out(request, case, form, FORM, lambda f: form_task_force(case, f.draft(), by=request.actor, at=now()))


def plan(request: DeskRequest, number: str) -> HttpResponse:
    case = visible_case(request, number)
    force = standing_force(case)
    posted = request.POST if request.method == "POST" else None
    form = TaskForcePlanForm(posted, initial={"text": force.plan})
    rows = PlannedActionFormSet(posted, prefix="actions")
    if posted is not None and not rows.is_valid():
        form.add_error(None, _("Please look at the rows of who does what."))

    def put_down(filled: TaskForcePlanForm) -> None:
        plan_task_force(force, filled.draft(rows.cleaned_data), by=request.actor, at=now())

    return carry_out(request, case, form, PLAN, put_down, rows=rows, force=force)


def closing(request: DeskRequest, number: str) -> HttpResponse:
    case = visible_case(request, number)
    force = standing_force(case)
    form = TaskForceResultForm(request.POST if request.method == "POST" else None)

    def disband(filled: TaskForceResultForm) -> None:
        close_task_force(force, filled.cleaned_data["result"], by=request.actor, at=now())

    return carry_out(request, case, form, CLOSE, disband)


def standing_force(case: Case) -> TaskForce:
    return get_object_or_404(TaskForce.objects.standing().select_related("case", "lead"), case=case)
