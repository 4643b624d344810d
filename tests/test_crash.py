"""Killed at any moment, nothing acknowledged is lost, and each rung is climbed once (SPEC C6, contract 9).

A PostgreSQL of its own, a web server and two heartbeats are killed with SIGKILL in turn while cases pour in.
"""

from __future__ import annotations

import json
import random
import subprocess
import sys
import threading
import time
import uuid
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

import httpx
import pytest

from .crashing import Cluster, Process, free_port, wait_until

CRASHES = 12
PREPARE = """
import django; django.setup()
from django.core.management import call_command
call_command("migrate", verbosity=0)
from huiying.deadlines.models import Policy
rungs = ((2, "clock_warned", "owner"), (5, "clock_missed", "supervisor"), (8, "clock_escalated", "head"))
ladder = [{"percent": percent, "verb": verb, "to": to} for percent, verb, to in rungs]
Policy.objects.exclude(kind="accept").update(active=False)
Policy.objects.filter(kind="accept").update(unit="elapsed", minutes=1, days=None, ladder=ladder, calendar=None)
from huiying.staff.models import Role, User
from huiying.staff.actions.tokens import create_token
from huiying.staff.actors import actor_of
user = User.objects.create(username="clerk", name="王芳", role=Role.objects.get(code="supervisor"))
print(create_token(user, "crash", scopes=["read", "write"], by=actor_of(user))[1])
"""


class Poster(threading.Thread):
    """A program that registers cases and tries again until each is acknowledged."""

    def __init__(self, url: str, token: str) -> None:
        super().__init__(daemon=True)
        self.url, self.headers = f"{url}/api/v1/cases", {"Authorization": f"Bearer {token}"}
        self.numbers: dict[str, str] = {}
        self.stop = threading.Event()

    def run(self) -> None:
        while not self.stop.is_set():
            self.register(str(uuid.uuid4()))

    def register(self, key: str) -> None:
        body = {"kind": "complaint", "channel": "phone", "subject": "冰箱送货延误", "description": f"还没有送到 {key}"}
        while not self.stop.is_set():
            try:
                answer = httpx.post(self.url, json=body, headers={**self.headers, "Idempotency-Key": key}, timeout=5)
            except httpx.HTTPError:
                time.sleep(0.2)
                continue
            if answer.status_code == 201:
                self.numbers[key] = answer.json()["number"]
                return
            time.sleep(0.2)


@pytest.fixture
def parts(cluster: Cluster, tmp_path: Path) -> Iterator[tuple[dict[str, object], Poster]]:
    port = free_port()
    environment = cluster.environment(tmp_path)
    made = subprocess.run([sys.executable, "-c", PREPARE], env=environment, check=True, capture_output=True, text=True)
    web = Process(environment, "serve", "--only", "web", "--port", str(port), "--workers", "2")
    hearts = [Process(environment, "heartbeat") for _ in range(2)]
    for process in (web, *hearts):
        process.start()
    poster = Poster(f"http://127.0.0.1:{port}", made.stdout.split()[-1])
    poster.start()
    yield {"web": web, "first heart": hearts[0], "second heart": hearts[1], "database": cluster}, poster
    poster.stop.set()
    for process in (web, *hearts):
        process.kill()


@pytest.mark.crash
def test_killing_any_part_loses_no_case_and_rings_each_rung_once(cluster, parts):
    killable, poster = parts
    chance = random.Random(20260222)  # noqa: S311 - no secret
    wait_until(lambda: len(poster.numbers) >= 5, seconds=60)
    for name in [*killable] * (CRASHES // len(killable)):
        time.sleep(chance.uniform(0.2, 1.2))
        killable[name].kill()
        killable[name].start()
    before = len(poster.numbers)
    wait_until(lambda: len(poster.numbers) > before + 5, seconds=60)
    poster.stop.set()
    poster.join(timeout=15)
    wait_until(lambda: not cluster.rows("SELECT 1 FROM deadlines_clock WHERE next_ring_at IS NOT NULL"), seconds=90)
    kept = {number for (number,) in cluster.rows("SELECT number FROM cases_case")}
    assert set(poster.numbers.values()) <= kept
    assert len(set(poster.numbers.values())) == len(poster.numbers)
    rung = Counter(rungs_of(cluster))
    clocks = [pk for (pk,) in cluster.rows("SELECT id FROM deadlines_clock")]
    assert rung == {(pk, verb): 1 for pk in clocks for verb in ("clock_warned", "clock_missed", "clock_escalated")}


def rungs_of(cluster: Cluster) -> list[tuple[int, str]]:
    rows = cluster.rows("SELECT facts, verb FROM journal_entry WHERE verb LIKE 'clock\\_%'")
    return [((facts if isinstance(facts, dict) else json.loads(facts))["clock"], verb) for facts, verb in rows]
