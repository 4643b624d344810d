"""Sending once more what did not arrive."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from huiying.journal.actors import Actor
from huiying.journal.entries import record
from huiying.kit.guards import DomainError, ensure
from huiying.notifications.models import Dispatch
from huiying.notifications.policies import may_arrange_notices
from huiying.notifications.verbs import TRIED_AGAIN


@transaction.atomic
def try_again(dispatch: Dispatch, *, by: Actor, at: datetime) -> None:
    """Send once more what was given up or waits. Raises DomainError when it is on its way or has arrived."""
    ensure(may_arrange_notices(by))
    stopped = Dispatch.objects.filter(pk=dispatch.pk, state__in=[Dispatch.State.FAILED, Dispatch.State.WAITING])
    if not stopped.update(state=Dispatch.State.WAITING, attempts=0, due_at=at, batch=""):
        raise DomainError(_("This notice is being sent or has been sent already."))
    person = dispatch.notice.user
    record(TRIED_AGAIN, person, by=by, at=at, dispatch=dispatch.pk, name=person.name)
