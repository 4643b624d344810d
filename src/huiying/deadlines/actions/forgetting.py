"""Taking back that clocks began: what began them was undone before anything came of it."""

from __future__ import annotations

from datetime import datetime

from django.db import models, transaction

from huiying.deadlines.models import Clock


@transaction.atomic
def forget_clocks(subject: models.Model, *, begun_at: datetime) -> None:
    """Delete the subject's clocks that began at this moment and still run as they began; they may begin again."""
    begun = Clock.objects.about(subject).running().filter(started_at=begun_at, counted_from=begun_at)
    begun.filter(part_id=0, restarts=0, breached_at=None).delete()
