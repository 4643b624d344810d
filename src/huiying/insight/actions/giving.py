"""Giving the work to win a customer back into other hands."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from huiying.deadlines.models import Clock
from huiying.engagement.policies import may_work
from huiying.insight import verbs
from huiying.insight.actions.play import ensure_running, held
from huiying.insight.models import Play
from huiying.insight.policies import may_work_on
from huiying.journal.actors import Actor
from huiying.journal.entries import record
from huiying.kit.guards import BadInput, Stale, ensure
from huiying.staff.actors import actor_of
from huiying.staff.models import User


@transaction.atomic
def give_play(play: Play, *, to: User, by: Actor, at: datetime) -> None:
    """Let another colleague who works in care go on with it."""
    play = held(play.pk)
    ensure(may_work_on(by, play))
    ensure_running(play)
    if to.pk == play.owner_id:
        raise BadInput(_("{name} is at it already.").format(name=to.name), field="to")
    if not may_work(actor_of(to)):
        raise BadInput(_("{name} does not look after customers.").format(name=to.name), field="to")
    hand_play(play, to=to, by=by, at=at, reason="")


@transaction.atomic
def hand_play(row: Play, *, to: User, by: Actor, at: datetime, reason: str) -> None:
    """Let somebody else win the customer back; the clocks of the steps follow. Whoever hands it over asks the right."""
    if not to.is_active:
        raise BadInput(_("{name} no longer works here.").format(name=to.name), field="to")
    if not Play.objects.running().filter(pk=row.pk, owner=row.owner_id).update(owner=to):
        raise Stale(_("Somebody else was faster. Please look at it again."))
    place = {"owner_id": to.pk, "team_id": to.team_id, "department_id": to.department_id}
    Clock.objects.about(row).live().update(**place)
    record(verbs.PLAY_GIVEN, row, by=by, at=at, name=to.name)
