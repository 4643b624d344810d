"""What a person has been told."""

from __future__ import annotations

from huiying.journal.actors import Actor
from huiying.kit.paging import capped_count
from huiying.notifications.models import Notice, NoticeQuerySet

COUNTED_AT_MOST = 99
NEWEST_FIRST = "-at"


def notices_for(actor: Actor) -> NoticeQuerySet:
    return Notice.objects.for_person(actor.pk).select_related("entry")


def unread_count(actor: Actor) -> int:
    """Count what waits to be read, up to one more than anybody would read the number of."""
    return capped_count(Notice.objects.for_person(actor.pk).unread(), at_most=COUNTED_AT_MOST)
