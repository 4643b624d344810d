"""Carrying out: who does what by when, with proof."""

from __future__ import annotations

from django.shortcuts import get_object_or_404
from django.utils import timezone
from django.utils.translation import gettext_noop as _
from ninja import Path, Router, Schema, Status

from huiying.cases.actions import ActionDraft, complete, drop_action, plan_action
from huiying.cases.api.shown import visible_case
from huiying.cases.lifecycle import Stage
from huiying.cases.models import ActionItem, Case
from huiying.kit.rest import Ask, Code, Key, Line, Moment, Reference, Text
from huiying.staff.api import Named, Person, person
from huiying.staff.http import ApiRequest
from huiying.staff.references import department_named, person_named

router = Router(tags=["actions"])


class ActionAsk(Ask):
    """What a department shall do, by which moment; `after` is the id of an item that must be done first."""

    title: Line
    department: Reference
    owner: Reference | None = None
    due_at: Moment
    after: Key | None = None


class CompletionAsk(Ask):
    """What proves that it is done."""

    proof: Text


class DroppingAsk(Ask):
    """Why it is no longer needed."""

    reason: Line


class ActionShown(Schema):
    """An action item."""

    id: int
    title: str
    department: Named
    owner: Person | None
    after: int | None
    due_at: Moment
    done_at: Moment | None
    done_by: Person | None
    proof: str
    dropped_at: Moment | None
    drop_reason: str


class ActionOfCase(ActionShown):
    """An action item, and the stage its case is in now."""

    case: str
    stage: Code[Stage]


@router.post("/cases/{number}/actions", response={201: ActionOfCase}, summary=_("Agree an action item"))
def plan(request: ApiRequest, number: str, ask: ActionAsk) -> Status[ActionOfCase]:
    case = visible_case(request, number)
    draft = ActionDraft(
        title=ask.title,
        department=department_named(ask.department, field="department"),
        owner=person_named(ask.owner, field="owner") if ask.owner else None,
        due_at=ask.due_at,
        after=get_object_or_404(ActionItem, pk=ask.after, case=case) if ask.after else None,
    )
    return Status(201, action_of_case(plan_action(case, draft, by=request.actor, at=timezone.now())))


@router.post("/actions/{item_id}/completion", response=ActionOfCase, summary=_("Complete an action item"))
def completion(request: ApiRequest, item_id: Path[Key], ask: CompletionAsk) -> ActionOfCase:
    item = visible_item(request, item_id)
    return action_of_case(complete(item, ask.proof, by=request.actor, at=timezone.now()))


@router.post("/actions/{item_id}/dropping", response=ActionOfCase, summary=_("Drop an action item"))
def dropping(request: ApiRequest, item_id: Path[Key], ask: DroppingAsk) -> ActionOfCase:
    item = visible_item(request, item_id)
    return action_of_case(drop_action(item, ask.reason, by=request.actor, at=timezone.now()))


def visible_item(request: ApiRequest, item_id: int) -> ActionItem:
    visible = Case.objects.visible_to(request.actor)
    return get_object_or_404(ActionItem.objects.filter(case__in=visible).select_related("case"), pk=item_id)


def actions_of(case: Case) -> list[ActionShown]:
    items = ActionItem.objects.filter(case=case).select_related("department", "owner", "done_by")
    return [action_shown(item) for item in items]


def action_of_case(item: ActionItem) -> ActionOfCase:
    case = Case.objects.get(pk=item.case_id)
    return ActionOfCase(**dict(action_shown(item)), case=case.number, stage=case.at_stage)


def action_shown(item: ActionItem) -> ActionShown:
    return ActionShown(
        id=item.pk,
        title=item.title,
        department=Named(id=item.department_id, name=str(item.department)),
        owner=person(item.owner),
        after=item.after_id,
        due_at=item.due_at,
        done_at=item.done_at,
        done_by=person(item.done_by),
        proof=item.proof,
        dropped_at=item.dropped_at,
        drop_reason=item.drop_reason,
    )
