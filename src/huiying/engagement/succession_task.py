"""Hand-overs that nobody waits for: more than a page can, those planned for a day, those whose worker died."""

from __future__ import annotations

from datetime import datetime

from django.conf import settings
from django.db import transaction
from django.utils import timezone, translation
from django.utils.timezone import localdate
from django_tasks import task

from huiying.engagement.actions.succession import begin
from huiying.engagement.actions.succession_work import give_up, go_on
from huiying.engagement.models import Succession
from huiying.journal.actors import CLOCKWORK
from huiying.kit.guards import DomainError
from huiying.staff.actors import actor_of
from huiying.staff.models import User

AT_ONCE = 20


@task()
def perform_succession(batch_id: int) -> None:
    """Do what is left of the batch, in the name and the language of whoever asked."""
    batch = Succession.objects.select_related("leaver__role").get(pk=batch_id)
    person = User.objects.with_standing().get(pk=batch.made_by_id)
    with translation.override(person.language or settings.LANGUAGE_CODE):
        try:
            go_on(batch, by=actor_of(person), at=timezone.now())
        except DomainError as refusal:
            give_up(batch, reason=str(refusal), by=CLOCKWORK)


def hand_over_due(now: datetime) -> int:
    """Begin what was planned for today, and hand stuck batches to a worker again; return how many.

    Several heartbeats may stand here: each batch is begun by one.
    """
    due = Succession.objects.due(localdate(now)).select_related("leaver__role")[:AT_ONCE]
    begun = sum(begin_and_enqueue(planned, now) for planned in due)
    return begun + sum(enqueue_again(batch, now) for batch in Succession.objects.stuck(now)[:AT_ONCE])


@transaction.atomic
def begin_and_enqueue(planned: Succession, now: datetime) -> int:
    if not begin(planned, at=now):
        return 0
    if planned.is_at_work:
        perform_succession.enqueue(planned.pk)
    return 1


@transaction.atomic
def enqueue_again(batch: Succession, now: datetime) -> int:
    mine = Succession.objects.filter(pk=batch.pk, state=batch.state, moved_at=batch.moved_at)
    if not mine.update(moved_at=now):
        return 0
    perform_succession.enqueue(batch.pk)
    return 1
