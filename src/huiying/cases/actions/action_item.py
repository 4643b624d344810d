"""Carrying out: who does what by when, with proof (SPEC C9)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from huiying.cases.actions.recusal import ensure_unbiased
from huiying.cases.actions.step import ensure_timely, held, move, step
from huiying.cases.lifecycle import Stage
from huiying.cases.models import ActionItem, Case
from huiying.cases.policies import may_complete, may_plan_actions
from huiying.cases.verbs import ACTION_AGREED, ACTION_DONE, ACTION_DROPPED, ACTION_GIVEN, CARRIED_OUT
from huiying.deadlines.actions import Answerable, start_promised_clock, stop_promised_clock
from huiying.deadlines.models import Clock
from huiying.journal.actors import Actor
from huiying.kit.guards import BadInput, DomainError, ensure
from huiying.staff.models import Department, User


@dataclass(frozen=True, kw_only=True)
class ActionDraft:
    """What a department shall do, by which moment; `after` is an item that must be done first."""

    title: str
    department: Department
    due_at: datetime
    owner: User | None = None
    after: ActionItem | None = None


@transaction.atomic
def plan_action(case: Case, draft: ActionDraft, *, by: Actor, at: datetime) -> ActionItem:
    """Agree an action item; its clock runs until it is done."""
    case = held(case)
    ensure(by.can("cases.work"))
    ensure_timely(
        may_plan_actions(by, case), _("Action items can be agreed from the investigation on until all is carried out.")
    )
    return agree_item(case, draft, by=by, at=at)


def agree_item(case: Case, draft: ActionDraft, *, by: Actor, at: datetime) -> ActionItem:
    """Write an item of a held case down and start its clock. Raises BadInput for what cannot be done so."""
    if not draft.title.strip():
        raise BadInput(_("Please say what is to be done."), field="title")
    if draft.due_at <= at:
        raise BadInput(_("An action item needs a moment in the future."), field="due_at")
    if draft.after is not None and draft.after.case_id != case.pk:
        raise BadInput(_("An action item can only wait for another of the same case."), field="after")
    ensure_unbiased(case, draft.owner, field="owner")
    item = ActionItem.objects.create(
        case=case,
        episode=case.episode,
        title=draft.title.strip()[:200],
        department=draft.department,
        owner=draft.owner,
        after=draft.after,
        due_at=draft.due_at,
        created_at=at,
    )
    answerable = Answerable(owner_id=item.owner_id, team_id=None, department_id=item.department_id)
    start_promised_clock("action", item, about=case, at=at, due_at=item.due_at, answerable=answerable)
    step(ACTION_AGREED, case, by=by, at=at, action=item.pk, department=draft.department.name)
    return item


@transaction.atomic
def complete(item: ActionItem, proof: str, *, by: Actor, at: datetime) -> ActionItem:
    """Complete an item with its proof; when it was the last one, the customer is asked to confirm."""
    case = held(item.case)
    item = ActionItem.objects.select_related("department", "after").get(pk=item.pk)
    if not item.is_open:
        raise DomainError(_("This action item is already settled."))
    ensure(may_complete(by, item), _("Only the department that does it, or who works on the case, completes an item."))
    if not proof.strip():
        raise BadInput(_("Please say what proves that it is done."), field="proof")
    if item.after is not None and item.after.is_open:
        raise DomainError(_("“{title}” must be done first.").format(title=item.after.title))
    item.done_at, item.proof = at, proof.strip()
    item.done_by_id = by.pk if by.is_staff else None
    item.save()
    stop_promised_clock("action", item, about=case, at=at)
    step(ACTION_DONE, case, by=by, at=at, action=item.pk, department=item.department.name)
    finish_if_all_done(case, by=by, at=at)
    return item


@transaction.atomic
def drop_action(item: ActionItem, reason: str, *, by: Actor, at: datetime) -> ActionItem:
    """Drop an item that is no longer needed, saying why."""
    case = held(item.case)
    ensure(by.can("cases.work"))
    ensure_timely(may_plan_actions(by, case), _("What was agreed can only be dropped until all is carried out."))
    if not reason.strip():
        raise BadInput(_("Please say why it is no longer needed."), field="reason")
    item = ActionItem.objects.get(pk=item.pk)
    if not item.is_open:
        raise DomainError(_("This action item is already settled."))
    item.dropped_at, item.drop_reason = at, reason.strip()[:200]
    item.save()
    stop_promised_clock("action", item, about=case, at=at)
    step(ACTION_DROPPED, case, by=by, at=at, action=item.pk)
    finish_if_all_done(case, by=by, at=at)
    return item


@transaction.atomic
def give_action(item: ActionItem, *, to: User, by: Actor, at: datetime) -> ActionItem:
    """Let another person do an open item; its clock follows. Raises BadInput for who left or is named in the case."""
    case = held(item.case)
    ensure(by.can("cases.assign") or by.can("cases.work"))
    if not to.is_active:
        raise BadInput(_("{name} no longer works here.").format(name=to.name), field="to")
    ensure_unbiased(case, to, field="to")
    item = ActionItem.objects.get(pk=item.pk)
    if not item.is_open:
        raise DomainError(_("This action item is already settled."))
    item.owner = to
    item.save(update_fields=["owner"])
    Clock.objects.about(case).live().filter(kind="action", part_id=item.pk).update(owner_id=to.pk)
    step(ACTION_GIVEN, case, by=by, at=at, action=item.pk, to=to.name, to_id=to.pk)
    return item


def finish_if_all_done(case: Case, *, by: Actor, at: datetime) -> None:
    """Move a held case on to confirming once something was done and nothing is left to do."""
    if case.stage != Stage.EXECUTING:
        return
    states = list(ActionItem.objects.of_present_round(case).values_list("done_at", flat=True))
    if states and all(states):
        move(case, Stage.CONFIRMING, at=at)
        step(CARRIED_OUT, case, by=by, at=at)
