"""Taking a case on: from then the customer has one person who answers for it (SPEC C4)."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from huiying.cases.actions.promise import PromiseDraft, promise
from huiying.cases.actions.step import ensure_timely, held, move, step
from huiying.cases.lifecycle import Stage
from huiying.cases.models import Case
from huiying.cases.verbs import ACCEPTED
from huiying.journal.actors import Actor
from huiying.kit.guards import ensure
from huiying.staff.models import User


@transaction.atomic
def accept(case: Case, *, by: Actor, at: datetime, promised: PromiseDraft | None = None) -> Case:
    """Accept a received case; whoever accepts owns it. Raises IllegalMove when somebody was faster."""
    case = held(case)
    ensure(by.can("cases.accept"), _("You are not allowed to accept cases."))
    ensure_timely(case.stage != Stage.INVESTIGATING, _("This case has been accepted already."))
    move(case, Stage.ACCEPTED, at=at)
    if by.is_staff:
        take_over(case, User.objects.with_standing().get(pk=by.pk))
        case.first_receiver = case.first_receiver or case.owner
    step(ACCEPTED, case, by=by, at=at, owner=case.owner.name if case.owner else "")
    return promise(case, promised, by=by, at=at) if promised is not None else case


def take_over(case: Case, owner: User) -> None:
    """Make somebody the owner, in memory; their team and department answer for the case from now on."""
    case.owner = owner
    if owner.team is not None:
        case.team = owner.team
    if owner.department is not None:
        case.department = owner.department
