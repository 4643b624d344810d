"""Ringing a thousand due clocks among however many there are."""

from __future__ import annotations

import time
from datetime import timedelta

DUE = 1_000


def ring_due() -> tuple[float, int]:
    """Let a thousand clocks fall due and sweep until nothing is; return seconds and the clocks there are."""
    from django.utils import timezone

    from huiying.deadlines.actions import sweep
    from huiying.deadlines.models import Clock

    now = timezone.now()
    waiting = Clock.objects.running().filter(next_ring_at__gt=now)
    keys = list(waiting.order_by("-id").values_list("pk", flat=True)[:DUE])
    Clock.objects.filter(next_ring_at__lte=now).update(next_ring_at=now + timedelta(days=1))
    Clock.objects.filter(pk__in=keys).update(next_ring_at=now - timedelta(seconds=1))
    before = time.perf_counter()
    while sweep(now):
        pass
    return time.perf_counter() - before, Clock.objects.count()
