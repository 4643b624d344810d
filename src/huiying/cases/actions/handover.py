"""Handing a case over: who had it answers for it until the other person or team has accepted it (SPEC C5)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from huiying.cases.actions.acceptance import take_over
from huiying.cases.actions.note import put_down
from huiying.cases.actions.recusal import named_in
from huiying.cases.actions.step import held, settle_handover, step
from huiying.cases.lifecycle import Stage
from huiying.cases.models import Case, Handover, KindRule
from huiying.cases.policies import may_take_handover
from huiying.cases.verbs import HANDOVER_ACCEPTED, HANDOVER_RETURNED
from huiying.journal.actors import Actor
from huiying.kit.guards import BadInput, DomainError, ensure
from huiying.staff.models import User

NOT_YOURS = _("Only whom the case is handed to accepts it or gives it back.")


@dataclass(frozen=True, kw_only=True)
class Place:
    """Who answers for a case: keys of a person, a team and a department."""

    owner_id: int | None
    team_id: int | None
    department_id: int | None

    @classmethod
    def of(cls, case: Case) -> Place:
        return cls(owner_id=case.owner_id, team_id=case.team_id, department_id=case.department_id)


@transaction.atomic
def accept_handover(case: Case, *, by: Actor, at: datetime) -> Case:
    """Accept what was handed over: from now on the receiver answers for it. Raises DomainError where nothing waits."""
    case = held(case)
    waiting = waiting_handover(case)
    ensure(may_take_handover(by, case), NOT_YOURS)
    accept_waiting(case, by=by, at=at)
    step(HANDOVER_ACCEPTED, case, by=by, at=at, giver=waiting.giver.name, from_id=waiting.giver_id)
    return case


@transaction.atomic
def return_handover(case: Case, reason: str, *, by: Actor, at: datetime) -> Case:
    """Give a case back to who handed it over, saying why; they have answered for it all the time."""
    case = held(case)
    waiting = waiting_handover(case)
    ensure(may_take_handover(by, case), NOT_YOURS)
    if not reason.strip():
        raise BadInput(_("Please say why you give it back."), field="reason")
    case.owner = waiting.giver if waiting.giver.is_active else None
    case.team, case.department = waiting.from_team, waiting.from_department
    settle_handover(case, Handover.Outcome.RETURNED, at=at, by=by)
    put_down(case, reason, by=by, at=at)
    step(HANDOVER_RETURNED, case, by=by, at=at, giver=waiting.giver.name, from_id=by.pk, to_id=case.owner_id)
    return case


def accept_waiting(case: Case, *, by: Actor, at: datetime) -> None:
    """Let who acts take a held case over, in memory but for the hand-over."""
    if case.owner_id is None and by.is_staff:
        take_over(case, User.objects.with_standing().get(pk=by.pk))
    settle_handover(case, Handover.Outcome.ACCEPTED, at=at, by=by)


def begin_handover(case: Case, before: Place, *, reason: str, by: Actor, at: datetime) -> None:
    """After a held case changed hands in memory: let who had it answer for it, where it is to be accepted first.

    One that was still waiting is superseded; its giver stays the one who answers.
    """
    earlier = Handover.objects.waiting().filter(case=case).first() if case.giver_id else None
    if earlier is not None:
        before = Place(
            owner_id=earlier.giver_id, team_id=earlier.from_team_id, department_id=earlier.from_department_id
        )
        settle_handover(case, Handover.Outcome.SUPERSEDED, at=at)
    giver = giver_of(case, before) if is_to_be_accepted(case, before, by=by) else None
    if giver is None:
        return
    case.giver = giver
    Handover.objects.create(
        case=case,
        giver=giver,
        from_team_id=before.team_id,
        from_department_id=before.department_id,
        to=case.owner,
        team=case.team,
        reason=reason.strip()[:200],
        made_by_id=by.pk,
        made_at=at,
    )


def is_to_be_accepted(case: Case, before: Place, *, by: Actor) -> bool:
    """Say whether a change of hands waits for the receiver: into another team, or always for kinds that ask for it.

    Not where nobody has accepted the case yet, where routing gives it, or where the receiver takes it themselves.
    """
    if case.stage == Stage.RECEIVED or not by.is_staff or by.pk == case.owner_id:
        return False
    if (case.team_id, case.department_id) != (before.team_id, before.department_id):
        return True
    return KindRule.objects.filter(kind=case.kind, always_hands_over=True).exists()


def giver_of(case: Case, before: Place) -> User | None:
    """Return who had the case, else who first accepted it; nobody who gets it back, has left or is named in it."""
    key = before.owner_id or case.first_receiver_id
    if key is None or key == case.owner_id or key in named_in(case):
        return None
    giver: User | None = User.objects.working().filter(pk=key).first()
    return giver


def waiting_handover(case: Case) -> Handover:
    """Return the hand-over that waits. Raises DomainError where none does."""
    waiting = Handover.objects.waiting().filter(case=case) if case.giver_id else Handover.objects.none()
    found = waiting.select_related("giver", "from_team", "from_department").first()
    if found is None:
        raise DomainError(_("No hand-over of this case waits to be accepted."))
    return found
