"""Asking colleagues of product and technology before a proposal is presented."""

from __future__ import annotations

from datetime import date, datetime

from django.db import transaction
from django.utils.timezone import localdate
from django.utils.translation import gettext_lazy as _

from huiying.engagement import need_verbs as verbs
from huiying.engagement.actions.need import sound
from huiying.engagement.lifecycle import Stage
from huiying.engagement.models.need import Consultation, Need
from huiying.engagement.need_policies import may_answer, may_work_on
from huiying.journal.actors import Actor
from huiying.journal.entries import record
from huiying.kit.guards import BadInput, DomainError, ensure
from huiying.staff.models import User

ASKED_IN = (Stage.CONFIRMED, Stage.PROPOSED)


@transaction.atomic
def consult(need: Need, *, person: User, question: str, due_on: date, by: Actor, at: datetime) -> Consultation:
    """Ask a colleague; they see the need from now on."""
    ensure(may_work_on(by, need))
    if need.at_stage not in ASKED_IN:
        raise DomainError(_("Colleagues are asked before a proposal is presented."))
    if due_on < localdate(at):
        raise BadInput(_("This day lies in the past."), field="due_on")
    asked = Consultation.objects.create(
        need=need,
        person=person,
        question=sound(question, "question"),
        due_on=due_on,
        noted_by_id=by.pk,
        noted_at=at,
    )
    record(verbs.CONSULTED, need, by=by, at=at, name=person.name, person_id=person.pk)
    return asked


@transaction.atomic
def answer(asked: Consultation, text: str, *, by: Actor, at: datetime) -> None:
    """Answer the question, once."""
    ensure(may_answer(by, asked))
    said = sound(text, "answer")
    if not Consultation.objects.filter(pk=asked.pk, answered_at=None).update(answer=said, answered_at=at):
        raise DomainError(_("This question has been answered already."))
    record(verbs.ANSWERED, asked.need, by=by, at=at, asked_by=asked.noted_by_id)


@transaction.atomic
def call_off(asked: Consultation, *, by: Actor, at: datetime) -> None:
    """Do without the answer."""
    ensure(may_work_on(by, asked.need))
    if not Consultation.objects.filter(pk=asked.pk, answered_at=None).delete()[0]:
        raise DomainError(_("This question has been answered already."))
    record(verbs.REVISED, asked.need, by=by, at=at)
