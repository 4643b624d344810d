"""A task force: formed, with a plan, disbanded."""

from __future__ import annotations

from typing import Annotated

from django.shortcuts import get_object_or_404
from django.utils import timezone
from django.utils.translation import gettext_noop as _
from ninja import Router, Schema, Status
from pydantic import Field

from huiying.cases.actions import (
    ActionDraft,
    PlanDraft,
    TaskForceDraft,
    close_task_force,
    form_task_force,
    plan_task_force,
)
from huiying.cases.api.action_item import ActionShown, action_shown
from huiying.cases.api.shown import visible_case
from huiying.cases.models import ActionItem, Case, TaskForce
from huiying.kit.rest import Ask, Key, Line, Moment, Reference, Text
from huiying.staff.api import Person, person
from huiying.staff.http import ApiRequest
from huiying.staff.references import department_named, person_named

router = Router(tags=["task force"])


class TaskForceAsk(Ask):
    """Who is called together, by sign-in name or key, and what for; at least two departments."""

    lead: Reference
    members: Annotated[list[Reference], Field(min_length=1, max_length=50)]
    purpose: Text


class PlannedActionAsk(Ask):
    """Who does what by when."""

    title: Line
    department: Reference
    owner: Reference | None = None
    due_at: Moment


class PlanAsk(Ask):
    """How the task force goes about it; each action becomes an action item."""

    text: Text
    actions: Annotated[list[PlannedActionAsk], Field(max_length=20)] = []


class ResultAsk(Ask):
    """What the task force achieved."""

    result: Text


class TaskForceShown(Schema):
    """A task force; it stands until it is closed."""

    id: Key
    lead: Person | None
    members: list[Person | None]
    purpose: str
    formed_by: Person | None
    formed_at: Moment
    plan: str
    planned_by: Person | None
    planned_at: Moment | None
    result: str
    closed_at: Moment | None


class TaskForcePlanned(TaskForceShown):
    """A task force, and the action items its case has now."""

    actions: list[ActionShown]


@router.post("/cases/{number}/task-force", response={201: TaskForceShown}, summary=_("Form a task force for a case"))
def form_force(request: ApiRequest, number: str, ask: TaskForceAsk) -> Status[TaskForceShown]:
    draft = TaskForceDraft(
        lead=person_named(ask.lead, field="lead"),
        members=[person_named(one, field="members") for one in ask.members],
        purpose=ask.purpose,
    )
    made = form_task_force(visible_case(request, number), draft, by=request.actor, at=timezone.now())
    return Status(201, task_force_shown(made))


@router.post("/cases/{number}/task-force/plan", response=TaskForcePlanned, summary=_("Put a task force's plan down"))
def plan_force(request: ApiRequest, number: str, ask: PlanAsk) -> TaskForcePlanned:
    force = standing_force(visible_case(request, number))
    draft = PlanDraft(text=ask.text, actions=[action_draft(one) for one in ask.actions])
    planned = plan_task_force(force, draft, by=request.actor, at=timezone.now())
    items = ActionItem.objects.filter(case_id=planned.case_id).select_related("department", "owner", "done_by")
    return TaskForcePlanned(**dict(task_force_shown(planned)), actions=[action_shown(item) for item in items])


@router.post("/cases/{number}/task-force/closing", response=TaskForceShown, summary=_("Disband a task force"))
def close_force(request: ApiRequest, number: str, ask: ResultAsk) -> TaskForceShown:
    force = standing_force(visible_case(request, number))
    return task_force_shown(close_task_force(force, ask.result, by=request.actor, at=timezone.now()))


def standing_force(case: Case) -> TaskForce:
    return get_object_or_404(TaskForce.objects.standing().select_related("case"), case=case)


def action_draft(ask: PlannedActionAsk) -> ActionDraft:
    return ActionDraft(
        title=ask.title,
        department=department_named(ask.department, field="department"),
        owner=person_named(ask.owner, field="owner") if ask.owner else None,
        due_at=ask.due_at,
    )


def latest_force(case: Case) -> TaskForceShown | None:
    """Return the task force that stands, or the last one there was."""
    force = TaskForce.objects.filter(case=case).for_page().last()
    return task_force_shown(force) if force is not None else None


def task_force_shown(force: TaskForce) -> TaskForceShown:
    return TaskForceShown(
        id=force.pk,
        lead=person(force.lead),
        members=[person(member.user) for member in force.members.select_related("user").order_by("id")],
        purpose=force.purpose,
        formed_by=person(force.formed_by),
        formed_at=force.formed_at,
        plan=force.plan,
        planned_by=person(force.planned_by),
        planned_at=force.planned_at,
        result=force.result,
        closed_at=force.closed_at,
    )
