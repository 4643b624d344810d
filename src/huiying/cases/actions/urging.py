"""What makes a case more pressing: the customer urges us, a leader presses, or a call is wanted (SPEC C13, C16)."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from huiying.cases.actions.assignment import ensure_open
from huiying.cases.actions.note import put_down
from huiying.cases.actions.step import held, situation_of, step
from huiying.cases.models import Case, Pressing, Urgency
from huiying.cases.policies import may_answer_pressing, may_press, may_urge
from huiying.cases.verbs import CALL_WANTED, PRESS_ANSWERED, PRESSED, URGED
from huiying.deadlines.actions import replan
from huiying.journal.actors import Actor
from huiying.kit.guards import BadInput, DomainError, ensure

HIGHER = {Urgency.LOW: Urgency.NORMAL, Urgency.NORMAL: Urgency.URGENT}


@transaction.atomic
def urge(case: Case, *, by: Actor, at: datetime) -> Case:
    """The customer urges us: it is counted, the case becomes more urgent, and a clock runs until we answer."""
    case = held(case)
    ensure_open(case)
    ensure(may_urge(by, case))
    case.urged += 1
    case.save(update_fields=["urged"])
    raise_urgency(case, by=by, at=at)
    step(URGED, case, by=by, at=at, times=case.urged)
    return case


@transaction.atomic
def press(case: Case, text: str, *, by: Actor, at: datetime) -> Pressing:
    """A leader wants to hear how the case stands. Raises BadInput without a question, DomainError while one waits."""
    case = held(case)
    ensure_open(case)
    ensure(may_press(by, case), _("You are not allowed to press cases."))
    if not text.strip():
        raise BadInput(_("Please say what shall be answered."), field="text")
    if Pressing.objects.filter(case=case, answered_at=None).exists():
        raise DomainError(_("This case is pressed already; the answer is awaited."))
    made = Pressing.objects.create(case=case, text=text.strip(), made_by_id=by.pk if by.is_staff else None, made_at=at)
    put_down(case, made.text, by=by, at=at)
    raise_urgency(case, by=by, at=at)
    step(PRESSED, case, by=by, at=at, pressing=made.pk)
    return made


@transaction.atomic
def answer_pressing(pressing: Pressing, text: str, *, by: Actor, at: datetime) -> Pressing:
    """Tell the leader how the case stands. Raises BadInput for nothing said, DomainError when it was answered."""
    case = held(pressing.case)
    ensure(may_answer_pressing(by, case))
    if not text.strip():
        raise BadInput(_("Please say how the case stands."), field="text")
    answer = {"answer": text.strip(), "answered_by_id": by.pk, "answered_at": at}
    if not Pressing.objects.filter(pk=pressing.pk, answered_at=None).update(**answer):
        raise DomainError(_("This was answered already."))
    put_down(case, text, by=by, at=at)
    step(PRESS_ANSWERED, case, by=by, at=at, pressing=pressing.pk)
    pressing.refresh_from_db()
    return pressing


@transaction.atomic
def want_call(case: Case, *, by: Actor, at: datetime) -> Case:
    """Note that the customer wants to be called back; it awaits an answer like a message."""
    case = held(case)
    if case.awaits_answer_since is None:
        case.awaits_answer_since = at
    step(CALL_WANTED, case, by=by, at=at)
    return case


def raise_urgency(case: Case, *, by: Actor, at: datetime) -> None:
    """Make a held case one step more urgent, and let its clocks run by the policies for that."""
    higher = HIGHER.get(Urgency(case.urgency))
    if higher is None:
        return
    case.urgency = higher
    case.save(update_fields=["urgency"])
    replan(case, situation=situation_of(case), at=at, by=by)
