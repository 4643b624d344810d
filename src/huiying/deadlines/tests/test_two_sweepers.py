"""Several heartbeats sweep the same due clocks: each rung is climbed once (contract 9). Needs real transactions."""

from __future__ import annotations

from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta

import pytest
from django.db import connection
from django.utils import timezone

from huiying.deadlines.actions import sweep
from huiying.deadlines.models import Clock, Policy
from huiying.deadlines.starter import install_starter_pack
from huiying.journal.models import Entry

CLOCKS = 300
WORKERS = 4
HOUR = timedelta(hours=1)


@pytest.fixture
def due_clocks(transactional_db):
    if connection.vendor != "postgresql":
        pytest.skip("SQLite lets one writer in at a time.")
    if not Policy.objects.exists():  # another test with real transactions has emptied the database
        install_starter_pack()
    policy, start = Policy.objects.get(code="accept-vip", retired_at=None), timezone.now() - HOUR
    Clock.objects.bulk_create(
        Clock(
            subject_type="cases.case",
            subject_id=number,
            policy=policy,
            kind="accept",
            started_at=start,
            counted_from=start,
            allowance=HOUR / 2,
            due_at=start + HOUR / 2,
            next_ring_at=start + HOUR * 0.4,
        )
        for number in range(1, CLOCKS + 1)
    )
    return start + 2 * HOUR


def test_each_rung_is_climbed_once_whoever_sweeps(due_clocks):
    def sweep_until_nothing_is_due(_worker: int) -> int:
        rung = 0
        while found := sweep(due_clocks, limit=7):
            rung += found
        connection.close()
        return rung

    with ThreadPoolExecutor(WORKERS) as workers:
        list(workers.map(sweep_until_nothing_is_due, range(WORKERS)))
    while sweep(due_clocks):  # a worker that found only rows held by others has gone home
        pass
    told = Counter(Entry.objects.values_list("subject_id", "verb").filter(subject_type="cases.case"))
    assert set(told.values()) == {1}
    assert len(told) == 3 * CLOCKS
