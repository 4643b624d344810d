"""When the figures are reckoned: once a night, in the task worker, whichever heartbeat comes first."""

from __future__ import annotations

import logging
from datetime import datetime

from django.utils import timezone
from django.utils.translation import gettext as _
from django_tasks import task

from huiying.insight.models import Reckoning
from huiying.insight.queries.terms import terms_now

log = logging.getLogger(__name__)


def reckon_at_night(now: datetime) -> int:
    """Open tonight's reckoning once its hour has come, and hand it to the task worker; return 1 when this one did.

    The day is unique, so only one heartbeat opens it; one whose worker died is handed over again.
    """
    local = timezone.localtime(now)
    known = Reckoning.objects.filter(day=local.date()).first()
    if known is None:
        if local.hour < terms_now().hour and Reckoning.objects.exists():
            return 0
        return open_and_enqueue(local, now)
    if known.is_at_work and now - known.moved_at > Reckoning.STUCK_AFTER:
        return hand_over_again(known, now)
    return 0


def open_and_enqueue(local: datetime, now: datetime) -> int:
    reckoning, is_mine = Reckoning.objects.get_or_create(day=local.date(), defaults={"moved_at": now})
    if is_mine:
        perform_reckoning.enqueue(reckoning.pk)
    return int(is_mine)


def hand_over_again(known: Reckoning, now: datetime) -> int:
    mine = Reckoning.objects.filter(pk=known.pk, moved_at=known.moved_at, state=known.state)
    if not mine.update(state=Reckoning.State.WAITING, moved_at=now):
        return 0
    perform_reckoning.enqueue(known.pk)
    return 1


@task()
def perform_reckoning(reckoning_id: int) -> None:
    """Reckon, unless another worker does so already."""
    now = timezone.now()
    waiting = Reckoning.objects.filter(pk=reckoning_id, state=Reckoning.State.WAITING)
    if not waiting.update(state=Reckoning.State.RUNNING, moved_at=now):
        return
    reckoning = Reckoning.objects.get(pk=reckoning_id)
    from huiying.insight.actions.night import reckon  # numpy and scipy are loaded where they are needed

    try:
        reckon(reckoning, terms_now(), at=now)
    except Exception:
        sentence = _("Something went wrong on our side; the figures of the night before still stand.")
        state = {"state": Reckoning.State.FAILED, "error": sentence, "moved_at": timezone.now()}
        Reckoning.objects.filter(pk=reckoning_id).update(**state)
        log.exception("The reckoning %s stopped.", reckoning_id)
        raise
