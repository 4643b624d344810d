"""What a person has been told."""

from __future__ import annotations

from django.db.models import Model

from huiying.journal.actors import Actor
from huiying.kit.paging import capped_count
from huiying.notifications.models import Call, Notice, NoticeQuerySet

COUNTED_AT_MOST = 99
TO_ANSWER_AT_MOST = 20
NEWEST_FIRST = "-at"


def notices_for(actor: Actor) -> NoticeQuerySet:
    return Notice.objects.for_person(actor.pk).select_related("entry", "call__answered_by")


def to_answer(actor: Actor) -> list[Notice]:
    """Return the escalations that wait for this person's word, the oldest first; a few at most."""
    return list(notices_for(actor).to_answer().order_by("at", "id")[:TO_ANSWER_AT_MOST])


def calls_about(subject: Model, actor: Actor) -> NoticeQuerySet:
    """Keep the escalations about one thing that called this person, answered or not, the oldest first."""
    called = notices_for(actor).filter(call__isnull=False, entry__subject_id=subject.pk)
    return called.filter(entry__subject_type=subject._meta.label_lower).order_by("at", "id")


def answers_about(entry_subject: str, key: int, clock_id: int) -> list[Call]:
    """Return who acknowledged which escalation of a clock, and which still wait, the oldest first."""
    about = Call.objects.filter(entry__subject_type=entry_subject, entry__subject_id=key, entry__facts__clock=clock_id)
    return list(about.select_related("entry", "answered_by").order_by("entry_id"))


def unread_count(actor: Actor) -> int:
    """Count what waits to be read, up to one more than anybody would read the number of."""
    return capped_count(Notice.objects.for_person(actor.pk).unread(), at_most=COUNTED_AT_MOST)
