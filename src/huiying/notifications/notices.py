"""Telling people: one notice per person and entry, written inside the reaction's transaction."""

from __future__ import annotations

from collections.abc import Iterable

from huiying.journal.models import Entry
from huiying.notifications.models import Notice


def tell(
    people: Iterable[int | None], entry: Entry, *, headline: str, link: str, weight: str = Notice.Weight.NEWS
) -> None:
    """Leave a notice of the entry with each person (keys; None and the one who acted are left out)."""
    keys = {key for key in people if key is not None and key != entry.actor_id}
    Notice.objects.bulk_create(
        [
            Notice(user_id=key, entry=entry, weight=weight, headline=headline[:200], link=link, at=entry.at)
            for key in sorted(keys)
        ],
        ignore_conflicts=True,
    )
