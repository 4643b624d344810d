"""Ringing a thousand due clocks among however many there are: what is not due must cost nothing."""

from __future__ import annotations

import os
import re
import time
from datetime import timedelta
from statistics import median

import psycopg
from rich.console import Console
from rich.table import Table

from bench import scratch

DUE = 1_000
CROWDS = (10_000, 1_000_000)
ROUNDS = 5
URL = f"{scratch.URL}_clocks"
NO_CASE = 1_000_000_000  # far above the keys of cases: these clocks belong to nothing
CROWD = """INSERT INTO deadlines_clock (subject_type, subject_id, part_id, policy_id, kind, episode, round, state,
        started_at, counted_from, used, stint_used, allowance, due_at, next_ring_at, rungs_climbed, restarts)
    SELECT 'cases.case', %(first)s + n, 0, policy.id, policy.kind, 1, 1, 'running', now() - interval '1 hour',
        now() - interval '1 hour', '0', '0', '24 hours', now() + interval '40 days',
        now() + interval '1 day' + n * interval '1 second', 0, 0
    FROM generate_series(%(there)s + 1, %(wanted)s) AS n
    JOIN (SELECT id, kind, row_number() OVER (ORDER BY id) - 1 AS place, count(*) OVER () AS many
          FROM deadlines_policy WHERE active AND NOT as_promised AND retired_at IS NULL) AS policy
      ON policy.place = n %% policy.many"""


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


def ring_in_crowds() -> None:
    """Print what the same thousand costs among few clocks and among a million, in a database of its own."""
    scratch.settle_in(keep=False, url=URL)
    import django
    from django.core.management import call_command

    django.setup()
    console = Console()
    table = Table("live clocks", f"ring {DUE:,} of them", "of the first", "found by", title="Ringing in a crowd")
    call_command("migrate", verbosity=0)
    took: list[float] = []
    with psycopg.connect(URL, autocommit=True) as connection:
        for wanted in CROWDS:
            with console.status(f"{wanted:,} clocks …"):
                crowd(connection, wanted)
                ring_due()  # the first time reads policies and calendars
                took.append(median(ring_due()[0] for _round in range(ROUNDS)))
            table.add_row(f"{wanted:,}", f"{took[-1]:.2f} s", f"{took[-1] / took[0]:.1f} ×", way_found())
    console.print(table, f"load of the machine: {os.getloadavg()[0]:.1f}")


def crowd(connection: psycopg.Connection, wanted: int) -> None:
    """Fill up to so many live clocks, none of them due for a day, by bare SQL."""
    (there,) = connection.execute("SELECT count(*) FROM deadlines_clock").fetchone()
    connection.execute(CROWD, {"first": NO_CASE, "there": there, "wanted": wanted})
    connection.execute("VACUUM ANALYZE deadlines_clock")


def way_found() -> str:
    """Return the index by which PostgreSQL finds what is due."""
    from django.db import transaction
    from django.utils import timezone

    from huiying.deadlines.actions.ringing import BATCH, due_clocks

    with transaction.atomic():
        plan = due_clocks(timezone.now())[:BATCH].explain()
    return ", ".join(re.findall(r"Index Scan (?:using|on) (\w+)", plan)) or "reading all of them"
