"""What is late on needs: told once for each day that was set."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction
from django.db.models import F, Q
from django.utils.timezone import localdate

from huiying.engagement import need_verbs as verbs
from huiying.engagement.models.need import Consultation, Need
from huiying.journal.actors import CLOCKWORK
from huiying.journal.entries import record

AT_ONCE = 200


def remind_of_needs(now: datetime) -> int:
    """Write down each next step and each question that became overdue; return how many."""
    late = Need.objects.overdue(localdate(now)).exclude(reminded_on__isnull=False, reminded_on=F("next_on"))
    asked = Consultation.objects.filter(answered_at=None, reminded_at=None, due_on__lt=localdate(now))
    steps = sum(remind(need, now) for need in late.order_by("next_on")[:AT_ONCE])
    return steps + sum(press(one, now) for one in asked.select_related("need")[:AT_ONCE])


@transaction.atomic
def remind(need: Need, now: datetime) -> bool:
    mine = Need.objects.filter(Q(reminded_on=None) | ~Q(reminded_on=need.next_on), pk=need.pk, next_on=need.next_on)
    if not mine.update(reminded_on=need.next_on):
        return False
    record(verbs.OVERDUE, need, by=CLOCKWORK, at=now)
    return True


@transaction.atomic
def press(asked: Consultation, now: datetime) -> bool:
    if not Consultation.objects.filter(pk=asked.pk, reminded_at=None, answered_at=None).update(reminded_at=now):
        return False
    record(verbs.QUESTION_OVERDUE, asked.need, by=CLOCKWORK, at=now, person_id=asked.person_id)
    return True
