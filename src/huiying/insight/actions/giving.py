"""Giving the work to win a customer back into other hands."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from huiying.deadlines.models import Clock
from huiying.engagement.policies import may_hand_over
from huiying.insight import verbs
from huiying.insight.models import Play
from huiying.insight.policies import may_work_on
from huiying.journal.actors import Actor
from huiying.journal.entries import record
from huiying.kit.guards import BadInput, Stale, ensure
from huiying.staff.models import User


@transaction.atomic
def give_play(row: Play, *, to: User, by: Actor, at: datetime, reason: str) -> None:
    """Let somebody else win the customer back; the clocks of the steps follow."""
    ensure(may_hand_over(by) or may_work_on(by, row))
    if not to.is_active:
        raise BadInput(_("{name} no longer works here.").format(name=to.name), field="to")
    if not Play.objects.running().filter(pk=row.pk, owner=row.owner_id).update(owner=to):
        raise Stale(_("Somebody else was faster. Please look at it again."))
    place = {"owner_id": to.pk, "team_id": to.team_id, "department_id": to.department_id}
    Clock.objects.about(row).live().update(**place)
    record(verbs.PLAY_GIVEN, row, by=by, at=at, name=to.name)
