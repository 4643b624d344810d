"""Wanting to hear of a case, and no longer (SPEC K4)."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from huiying.cases.models import Case, Watcher
from huiying.cases.policies import may_watch
from huiying.cases.verbs import UNWATCHED, WATCHED
from huiying.journal.actors import Actor
from huiying.journal.entries import record
from huiying.kit.guards import ensure


@transaction.atomic
def watch(case: Case, *, by: Actor, at: datetime) -> None:
    """Let the actor be told of the case; once more changes nothing.

    The entry is of the watcher, not of the case: who looks on is no part of how the case was handled.
    """
    ensure(may_watch(by, case))
    watcher, made = Watcher.objects.get_or_create(case=case, user_id=by.pk or 0, defaults={"since": at})
    if made:
        record(WATCHED, watcher, by=by, at=at, number=case.number)


@transaction.atomic
def unwatch(case: Case, *, by: Actor, at: datetime) -> None:
    """Tell the actor no more of the case than they are told anyway."""
    ensure(may_watch(by, case))
    watcher = Watcher.objects.select_for_update().filter(case=case, user_id=by.pk or 0).first()
    if watcher is not None:
        record(UNWATCHED, watcher, by=by, at=at, number=case.number)
        watcher.delete()
