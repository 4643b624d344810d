"""A task force for a very complex case: formed, with a first plan within two hours, disbanded (SPEC C5, C6)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from huiying.cases.actions.action_item import ActionDraft, agree_item
from huiying.cases.actions.assignment import begin_investigation
from huiying.cases.actions.recusal import ensure_unbiased
from huiying.cases.actions.step import ensure_timely, held, step
from huiying.cases.lifecycle import Stage
from huiying.cases.models import Case, TaskForce, TaskForceMember
from huiying.cases.policies import BEFORE_AGREEMENT, may_close_task_force, may_form_task_force, may_plan_task_force
from huiying.cases.verbs import TASK_FORCE_DISBANDED, TASK_FORCE_FORMED, TASK_FORCE_PLANNED
from huiying.deadlines.actions import Answerable, entrust
from huiying.journal.actors import Actor
from huiying.kit.guards import BadInput, DomainError, ensure
from huiying.staff.models import User

CLOCK = "task_force_plan"


@dataclass(frozen=True, kw_only=True)
class TaskForceDraft:
    """Who is called together, and what for; the lead is a member without being named twice."""

    lead: User
    members: Sequence[User]
    purpose: str

    @property
    def people(self) -> list[User]:
        return list({user.pk: user for user in (self.lead, *self.members)}.values())


@dataclass(frozen=True, kw_only=True)
class PlanDraft:
    """How the task force goes about it, and who does what by when."""

    text: str
    actions: Sequence[ActionDraft] = ()


@transaction.atomic
def form_task_force(case: Case, draft: TaskForceDraft, *, by: Actor, at: datetime) -> TaskForce:
    """Call people of several departments together; the lead owes a first plan within two hours.

    Members see the case and are told. Raises DomainError while another task force stands.
    """
    case = held(case)
    ensure(may_form_task_force(by, case), _("Who owns an accepted case, or leads, forms a task force."))
    if TaskForce.objects.standing().filter(case=case).exists():
        raise DomainError(_("This case has a task force already; disband it first."))
    ensure_sound_force(case, draft)
    force = TaskForce.objects.create(
        case=case,
        lead=draft.lead,
        purpose=draft.purpose.strip(),
        formed_by_id=by.pk if by.is_staff else None,
        formed_at=at,
    )
    TaskForceMember.objects.bulk_create([TaskForceMember(task_force=force, user=user) for user in draft.people])
    step(TASK_FORCE_FORMED, case, by=by, at=at, lead=draft.lead.name, task_force=force.pk)
    lead = Answerable(owner_id=draft.lead.pk, team_id=draft.lead.team_id, department_id=draft.lead.department_id)
    entrust(CLOCK, case, to=lead)
    return force


@transaction.atomic
def plan_task_force(force: TaskForce, draft: PlanDraft, *, by: Actor, at: datetime) -> TaskForce:
    """Put the plan down, and agree who does what by when; the first one meets its clock."""
    case = held(force.case)
    force = TaskForce.objects.get(pk=force.pk)
    ensure(may_plan_task_force(by, force), _("Only members of a standing task force put its plan down."))
    if not draft.text.strip():
        raise BadInput(_("Please say how the task force goes about it."), field="text")
    if draft.actions:
        begin_investigation(case, at=at)
        planned = case.stage in {*BEFORE_AGREEMENT, Stage.EXECUTING}
        ensure_timely(planned, _("Action items can be agreed from the investigation on until all is carried out."))
    force.plan, force.planned_at, force.planned_by_id = draft.text.strip(), at, by.pk if by.is_staff else None
    force.save(update_fields=["plan", "planned_at", "planned_by"])
    for action in draft.actions:
        agree_item(case, action, by=by, at=at)
    step(TASK_FORCE_PLANNED, case, by=by, at=at, task_force=force.pk)
    return force


@transaction.atomic
def close_task_force(force: TaskForce, result: str, *, by: Actor, at: datetime) -> TaskForce:
    """Disband the task force with what it achieved; its members see the case as far as they otherwise would."""
    case = held(force.case)
    force = TaskForce.objects.get(pk=force.pk)
    ensure(may_close_task_force(by, force), _("Only its lead, or who leads here, disbands a standing task force."))
    if not result.strip():
        raise BadInput(_("Please say what the task force achieved."), field="result")
    force.result, force.closed_at, force.closed_by_id = result.strip(), at, by.pk if by.is_staff else None
    force.save(update_fields=["result", "closed_at", "closed_by"])
    step(TASK_FORCE_DISBANDED, case, by=by, at=at, task_force=force.pk)
    return force


def ensure_sound_force(case: Case, draft: TaskForceDraft) -> None:
    """Raise BadInput without a purpose, for who left or is named in the case, or for people of one department."""
    if not draft.purpose.strip():
        raise BadInput(_("Please say what the task force is to achieve."), field="purpose")
    for user in draft.people:
        if not user.is_active:
            raise BadInput(_("{name} no longer works here.").format(name=user.name), field="members")
        ensure_unbiased(case, user, field="lead" if user == draft.lead else "members")
    if len({user.department_id for user in draft.people}) < 2:
        raise BadInput(_("A task force brings people of at least two departments together."), field="members")
