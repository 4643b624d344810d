"""Killed at any moment, nothing acknowledged is lost, and each rung is climbed once (SPEC C6, contract 9).

A PostgreSQL of its own, a web server and two heartbeats are killed with SIGKILL in turn while cases pour in.
"""

from __future__ import annotations

import contextlib
import json
import os
import random
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import threading
import time
import uuid
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

import httpx
import psycopg
import pytest

PROJECT = Path(__file__).resolve().parents[1]
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


class Cluster:
    """A PostgreSQL for this test alone, so that it can be killed."""

    def __init__(self, folder: Path) -> None:
        self.folder, self.port = folder, free_port()
        self.programs = max(
            Path("/usr/lib/postgresql").glob("*/bin"), default=Path(shutil.which("initdb") or "").parent
        )
        self.url = f"postgresql://postgres@127.0.0.1:{self.port}/postgres"
        if os.getuid() == 0:
            shutil.chown(folder, "postgres")
        self.run("initdb", "-D", f"{folder}/data", "-U", "postgres", "-A", "trust", "-E", "UTF8", "--locale=C.UTF-8")

    def run(self, program: str, *arguments: str) -> None:
        owner = ["runuser", "-u", "postgres", "--"] if os.getuid() == 0 else []
        quiet = {"stdout": subprocess.DEVNULL, "stderr": subprocess.DEVNULL, "cwd": self.folder}
        subprocess.run([*owner, str(self.programs / program), *arguments], check=True, timeout=60, **quiet)

    def start(self) -> None:
        options = f"-p {self.port} -c listen_addresses=127.0.0.1 -k {self.folder}"
        words = ("-D", f"{self.folder}/data", "-l", f"{self.folder}/log", "-w", "-t", "40", "-o", options, "start")
        for _attempt in range(40):  # orphaned backends of a killed server must end before it may start again
            with contextlib.suppress(subprocess.CalledProcessError):
                return self.run("pg_ctl", *words)
            time.sleep(0.5)
        return self.run("pg_ctl", *words)

    def kill(self) -> None:
        os.kill(int((self.folder / "data/postmaster.pid").read_text().splitlines()[0]), signal.SIGKILL)

    def rows(self, query: str) -> list[tuple]:
        with psycopg.connect(self.url) as connection:
            return connection.execute(query).fetchall()


class Process:
    """One `huiying …` process, killed with all its children."""

    def __init__(self, environment: dict[str, str], *words: str) -> None:
        self.environment, self.words = environment, words

    def start(self) -> None:
        command = [sys.executable, "-m", "huiying.cli", *self.words]
        self.running = subprocess.Popen(
            command, env=self.environment, start_new_session=True, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
        )

    def kill(self) -> None:
        os.killpg(self.running.pid, signal.SIGKILL)
        self.running.wait()


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
def cluster() -> Iterator[Cluster]:
    folder = Path(tempfile.mkdtemp(prefix="huiying-crash-"))
    cluster = Cluster(folder)
    cluster.start()
    yield cluster
    cluster.run("pg_ctl", "-D", f"{folder}/data", "-m", "immediate", "stop")
    shutil.rmtree(folder)


@pytest.fixture
def parts(cluster: Cluster, tmp_path: Path) -> Iterator[tuple[dict[str, object], Poster]]:
    port = free_port()
    environment = os.environ | {
        "HUIYING_DATABASE_URL": cluster.url,
        "HUIYING_DATA_DIR": str(tmp_path / "var"),
        "PYTHONPATH": str(PROJECT / "src"),
        "DJANGO_SETTINGS_MODULE": "huiying.settings",
    }
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


def wait_until(holds, *, seconds: float) -> None:
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        if holds():
            return
        time.sleep(0.3)
    raise AssertionError("waited in vain")


def free_port() -> int:
    with socket.socket() as door:
        door.bind(("127.0.0.1", 0))
        return int(door.getsockname()[1])
