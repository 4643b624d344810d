"""Acknowledging an escalation, and how long it waits for that."""

from __future__ import annotations

from datetime import datetime

from django.apps import apps
from django.db import transaction
from django.utils.translation import gettext_lazy as _

from huiying.journal.actors import Actor
from huiying.journal.entries import Subject, entry_about, record, record_all
from huiying.kit.guards import BadInput, DomainError, ensure
from huiying.notifications import verbs
from huiying.notifications.models import Call, Notice, Terms
from huiying.notifications.policies import may_arrange_notices

LONGEST = 24 * 60


@transaction.atomic
def acknowledge(notice: Notice, *, by: Actor, at: datetime) -> None:
    """Say that one has seen the escalation; the first to do so stands on the case's timeline.

    Raises DomainError for a notice that asks for no answer. Once more by the same person changes nothing.
    """
    ensure(by.is_staff and by.pk == notice.user_id)
    call = notice.call
    if call is None:
        raise DomainError(_("This notice asks for no answer."))
    Notice.objects.filter(pk=notice.pk).mark_read(at)
    if Call.objects.filter(pk=call.pk, answered_at=None).update(answered_by=by.pk, answered_at=at):
        entry = notice.entry
        about = Subject(entry.subject_type, entry.subject_id, entry.customer_id)
        names = {name: entry.facts.get(name) for name in ("clock", "name", "name_en")}
        answered = entry_about(verbs.ACKNOWLEDGED, about, by=by, at=at, call=call.pk, **names)
        record_all([(answered, apps.get_model(entry.subject_type))])


@transaction.atomic
def set_answer_minutes(minutes: int, *, by: Actor, at: datetime) -> None:
    """Say how long an escalation waits for an answer; 0 passes nothing on."""
    ensure(may_arrange_notices(by))
    if not 0 <= minutes <= LONGEST:
        raise BadInput(_("Between 0 minutes and a day."), field="answer_minutes")
    before = Terms.now()
    if before.answer_minutes != minutes:
        kept, _made = Terms.objects.update_or_create(pk=1, defaults={"answer_minutes": minutes})
        record(verbs.TERMS_CHANGED, kept, by=by, at=at, old=before.answer_minutes, new=minutes)
