"""Coming on shift and going off: new cases are given to whoever is on shift."""

from __future__ import annotations

from django.db import transaction

from huiying.journal.actors import Actor
from huiying.journal.entries import record
from huiying.kit.guards import ensure
from huiying.staff import verbs
from huiying.staff.models import User
from huiying.staff.policies import is_oneself


@transaction.atomic
def start_shift(user: User, *, by: Actor) -> None:
    ensure(is_oneself(by, user))
    if User.objects.filter(pk=user.pk, is_on_shift=False).update(is_on_shift=True):
        record(verbs.SHIFT_STARTED, user, by=by, name=user.name)


@transaction.atomic
def end_shift(user: User, *, by: Actor) -> None:
    ensure(is_oneself(by, user))
    if User.objects.filter(pk=user.pk, is_on_shift=True).update(is_on_shift=False):
        record(verbs.SHIFT_ENDED, user, by=by, name=user.name)
