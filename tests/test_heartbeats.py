"""Four heartbeats, killed and started again at random: every rung is climbed once, everybody is told once.

SPEC C6, contract 9. The database stays; tests/test_crash.py kills that as well.
"""

from __future__ import annotations

import random
import subprocess
import sys
import time
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

import pytest

from .crashing import Cluster, Process, wait_until

HEARTS, CLOCKS, SECONDS = 4, 240, 22
LADDER = {"clock_warned": {"owner"}, "clock_missed": {"owner", "lead"}, "clock_escalated": {"owner", "lead", "head"}}
PREPARE = f"""
import django; django.setup()
from django.core.management import call_command
call_command("migrate", verbosity=0)
from huiying.cases.actions import Caller, Draft, register
from huiying.cases.models import Case
from huiying.deadlines.models import Clock, Policy
from huiying.journal.actors import CLOCKWORK
from huiying.journal.models import Duty
from huiying.staff.models import Department, Role, Team, User
from django.utils.timezone import now
rungs = ((10, "clock_warned", "owner"), (20, "clock_missed", "supervisor"), (30, "clock_escalated", "head"))
ladder = [{{"percent": percent, "verb": verb, "to": to}} for percent, verb, to in rungs]
Policy.objects.exclude(code="resolve-complaint").update(active=False)
Policy.objects.filter(code="resolve-complaint").update(minutes=1, ladder=ladder)
role = Role.objects.get(code="supervisor")
owner, lead, head = (User.objects.create(username=name, name=name, role=role) for name in ("owner", "lead", "head"))
place = Department.objects.create(name="crash", head=head)
team = Team.objects.create(name="crash", department=place, lead=lead)
for number in range({CLOCKS}):
    register(Draft(kind="complaint", channel="phone", description=str(number), caller=Caller()), by=CLOCKWORK, at=now())
Case.objects.update(owner=owner, team=team, department=place)
Clock.objects.update(owner=owner, team=team, department=place)
Duty.objects.all().delete()  # what follows from registering is not looked at here
"""
# All clocks start within four seconds from now on; their rungs come due after 6, 12 and 18 seconds.
BEGIN = """
UPDATE deadlines_clock SET started_at = start, counted_from = start, due_at = start + interval '1 minute',
    next_ring_at = start + interval '6 seconds'
FROM (SELECT id AS key, now() + (id % 80) * interval '50 milliseconds' AS start FROM deadlines_clock) AS plan
WHERE id = key
"""


@pytest.fixture
def hearts(cluster: Cluster, tmp_path: Path) -> Iterator[list[Process]]:
    environment = cluster.environment(tmp_path)
    subprocess.run([sys.executable, "-c", PREPARE], env=environment, check=True)
    hearts = [Process(environment, "heartbeat") for _heart in range(HEARTS)]
    for heart in hearts:
        heart.start()
    yield hearts
    for heart in hearts:
        heart.kill()


@pytest.mark.crash
def test_each_rung_is_climbed_and_told_once(cluster, hearts):
    cluster.change(BEGIN)
    chance, kills = random.Random(20261001), 0  # noqa: S311 - no secret
    end = time.monotonic() + SECONDS
    while time.monotonic() < end:
        time.sleep(chance.uniform(0.6, 1.8))
        heart = chance.choice(hearts)
        heart.kill()
        heart.start()
        kills += 1
    assert kills > SECONDS / 3
    wait_until(lambda: not cluster.rows("SELECT 1 FROM deadlines_clock WHERE next_ring_at IS NOT NULL"), seconds=40)
    wait_until(lambda: not cluster.rows("SELECT 1 FROM journal_duty"), seconds=40)
    clocks = [pk for (pk,) in cluster.rows("SELECT id FROM deadlines_clock")]
    rungs = cluster.rows("SELECT (facts ->> 'clock')::int, verb FROM journal_entry WHERE verb = ANY(%s)", [*LADDER])
    assert len(clocks) == CLOCKS
    assert Counter(rungs) == {(pk, verb): 1 for pk in clocks for verb in LADDER}
    assert told(cluster) == expected(cluster)


def told(cluster: Cluster) -> Counter[tuple[int, str]]:
    return Counter(
        cluster.rows(
            "SELECT notice.entry_id, person.username FROM notifications_notice AS notice"
            " JOIN staff_user AS person ON person.id = notice.user_id"
            " JOIN journal_entry AS entry ON entry.id = notice.entry_id WHERE entry.verb = ANY(%s)",
            [*LADDER],
        )
    )


def expected(cluster: Cluster) -> dict[tuple[int, str], int]:
    """Return whom each rung calls; one that was climbed together with a higher one is told quietly, to nobody."""
    aloud = cluster.rows(
        "SELECT id, verb FROM journal_entry WHERE verb = ANY(%s) AND NOT coalesce((facts ->> 'quiet')::bool, false)",
        [*LADDER],
    )
    assert len(aloud) > CLOCKS
    return {(entry, person): 1 for entry, verb in aloud for person in LADDER[verb]}
