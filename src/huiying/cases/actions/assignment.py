"""Giving a case to somebody: a person or a team (SPEC C5)."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from huiying.cases.actions.acceptance import take_over
from huiying.cases.actions.handover import Place, accept_waiting, begin_handover
from huiying.cases.actions.recusal import ensure_unbiased
from huiying.cases.actions.step import held, move, settle_handover, step
from huiying.cases.lifecycle import Stage
from huiying.cases.models import Case, Handover
from huiying.cases.policies import may_take_handover
from huiying.cases.verbs import ASSIGNED, GIVEN_BACK
from huiying.deadlines.actions import forget_clocks
from huiying.journal.actors import Actor
from huiying.journal.models import Entry
from huiying.kit.guards import BadInput, DomainError, ensure
from huiying.staff.models import Department, Team, User


@transaction.atomic
def assign(case: Case, *, to: User, by: Actor, at: datetime, reason: str = "") -> Case:
    """Give the case to a person. An accepted case is then under investigation. BadInput for who left or is named.

    Into another team it is handed over: until the person accepts it, whoever had it answers for it.
    """
    case = held(case)
    ensure(by.can("cases.assign"), _("You are not allowed to assign cases."))
    if not to.is_active:
        raise BadInput(_("{name} no longer works here.").format(name=to.name), field="to")
    ensure_open(case)
    ensure_unbiased(case, to)
    before = Place.of(case)
    take_over(case, to)
    begin_investigation(case, at=at)
    begin_handover(case, before, reason=reason, by=by, at=at)
    step(ASSIGNED, case, by=by, at=at, to=to.name, to_id=to.pk, from_id=before.owner_id, reason=bool(reason))
    return case


@transaction.atomic
def assign_to_team(case: Case, *, team: Team, by: Actor, at: datetime, reason: str = "") -> Case:
    """Give the case to a team; its lead finds somebody. Another team has to accept it first."""
    case = held(case)
    ensure(by.can("cases.assign"), _("You are not allowed to assign cases."))
    ensure_open(case)
    before = Place.of(case)
    case.team, case.department, case.owner = team, team.department, None
    begin_handover(case, before, reason=reason, by=by, at=at)
    step(ASSIGNED, case, by=by, at=at, to=team.name, team_id=team.pk, from_id=before.owner_id, reason=bool(reason))
    return case


@transaction.atomic
def give_back(case: Case, *, to: Place, by: Actor, at: datetime) -> Case:
    """Undo an assignment: whoever answered for the case before does so again. An investigation begun goes on."""
    return hand_back(held(case), to=to, by=by, at=at)


@transaction.atomic
def undo_assignment(case: Case, *, to: Place, stage: Stage, by: Actor, at: datetime) -> Case:
    """Undo an assignment since which nothing has happened: the stage is as before, the clocks it began are gone."""
    case = held(case)
    assigned = Entry.objects.about(case).filter(verb=ASSIGNED.code).order_by("-id")[0]
    forget_clocks(case, begun_at=assigned.at)
    if case.at_stage is not stage:
        move(case, stage, at=at)
    return hand_back(case, to=to, by=by, at=at)


def hand_back(case: Case, *, to: Place, by: Actor, at: datetime) -> Case:
    ensure(by.can("cases.assign"), _("You are not allowed to assign cases."))
    ensure_open(case)
    before = case.owner_id
    settle_handover(case, Handover.Outcome.SUPERSEDED, at=at)
    case.owner = User.objects.filter(pk=to.owner_id or 0).first()
    ensure_unbiased(case, case.owner)
    case.team = Team.objects.filter(pk=to.team_id or 0).first()
    case.department = Department.objects.filter(pk=to.department_id or 0).first()
    answers = case.owner or case.team or case.department
    name = answers.name if answers else "—"
    step(GIVEN_BACK, case, by=by, at=at, to=name, to_id=case.owner_id, team_id=case.team_id, from_id=before)
    return case


@transaction.atomic
def investigate(case: Case, *, by: Actor, at: datetime) -> Case:
    """Begin the investigation oneself: what the owner of an accepted case does next."""
    case = held(case)
    ensure(by.can("cases.work"), _("You are not allowed to work on cases."))
    if case.giver_id is not None and may_take_handover(by, case):
        accept_waiting(case, by=by, at=at)
    elif case.owner is None and by.is_staff:
        take_over(case, User.objects.with_standing().get(pk=by.pk))
    move(case, Stage.INVESTIGATING, at=at)
    step(ASSIGNED, case, by=by, at=at, to=case.owner.name if case.owner else by.name, to_id=case.owner_id)
    return case


def begin_investigation(case: Case, *, at: datetime) -> None:
    if case.stage == Stage.ACCEPTED:
        move(case, Stage.INVESTIGATING, at=at)


def ensure_open(case: Case) -> None:
    if not case.is_open:
        raise DomainError(_("Case {number} has ended; reopen it first.").format(number=case.number))
