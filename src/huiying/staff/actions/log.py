"""Taking the operation log along."""

from __future__ import annotations

from django.db import transaction

from huiying.journal.actors import Actor
from huiying.journal.entries import record
from huiying.kit.guards import ensure
from huiying.staff import verbs
from huiying.staff.models import User
from huiying.staff.policies import may_read_log


@transaction.atomic
def note_export(user: User, count: int, *, by: Actor) -> None:
    """Write down that the person took `count` lines of the log along."""
    ensure(may_read_log(by))
    record(verbs.LOG_EXPORTED, user, by=by, count=count)
