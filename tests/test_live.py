"""The stream as a browser hears it: over a real server, on the database under test."""

from __future__ import annotations

import http.client
import json
import os
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from pathlib import Path
from queue import Queue

import psycopg
import pytest
from django.conf import settings

from tests.test_serving import free_port, wait_until

pytestmark = pytest.mark.crash
SETTING = """
import django; django.setup()
from importlib import import_module
from django.conf import settings
from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY
from huiying.staff.models import Role, Team, User
def signed_in(username, team):
    person = User.objects.create(username=username, name=username, role=Role.objects.get(code="clerk"),
                                 team=team, department=team.department)
    session = import_module(settings.SESSION_ENGINE).SessionStore()
    session.update({SESSION_KEY: str(person.pk), BACKEND_SESSION_KEY: settings.AUTHENTICATION_BACKENDS[0],
                    HASH_SESSION_KEY: person.get_session_auth_hash()})
    session.create()
    return session.session_key
first, second = Team.objects.filter(department__name="客户服务部").order_by("id")
print(signed_in("wangfang", first), signed_in("chenjing", second))
"""
DEED = """
import django; django.setup()
from django.utils.timezone import now
from huiying.cases.actions import Draft, register
from huiying.staff.actors import actor_of
from huiying.staff.models import User
wang = User.objects.with_standing().get(username="wangfang")
case = register(Draft(kind="complaint", channel="phone", description="冰箱还没有送到"), by=actor_of(wang), at=now())
print(case.number)
"""
SIGNING_OUT = """
import django; django.setup()
from django.contrib.sessions.models import Session
Session.objects.filter(session_key="{key}").delete()
"""


class House:
    """An installation of its own, with a web process."""

    def __init__(self, folder: Path, database: str) -> None:
        self.environment = os.environ | {
            "HUIYING_DATA_DIR": str(folder),
            "HUIYING_DATABASE_URL": database,
            "DJANGO_SETTINGS_MODULE": "huiying.settings",
            "PYTHONPATH": os.pathsep.join(path for path in sys.path if path),
        }
        self.port = free_port()

    def python(self, *words: str) -> str:
        done = subprocess.run(
            [sys.executable, *words], env=self.environment, capture_output=True, text=True, check=True, timeout=120
        )
        return done.stdout.strip()

    def serve(self) -> subprocess.Popen[bytes]:
        words = ["-m", "huiying.cli", "serve", "--only", "web", "--workers", "1", "--port", str(self.port)]
        process = subprocess.Popen([sys.executable, *words], env=self.environment, stdout=subprocess.DEVNULL)
        wait_until(self.answers)
        return process

    def answers(self) -> bool:
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=3)
        try:
            connection.request("GET", "/healthz")
            return connection.getresponse().status == 200
        except OSError:
            return False

    def listen(self, session: str) -> Queue[str | None]:
        """Open the stream in the background; what comes is put on the queue, None at its end."""
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=60)
        connection.request("GET", "/live/", headers={"Cookie": f"sessionid={session}"})
        answer = connection.getresponse()
        assert answer.status == 200
        lines: Queue[str | None] = Queue()

        def read() -> None:
            for line in iter(answer.readline, b""):
                lines.put(line.decode().strip())
            lines.put(None)

        threading.Thread(target=read, daemon=True).start()
        return lines


@pytest.fixture
def database(tmp_path: Path) -> Iterator[str]:
    """Return the address of an empty database of the kind under test."""
    known = settings.DATABASES["default"]
    if "postgresql" not in known["ENGINE"]:
        yield ""
        return
    host = f"postgresql://{known['USER']}@{known['HOST']}:{known['PORT']}"
    with psycopg.connect(f"{host}/postgres", autocommit=True) as connection:
        connection.execute("DROP DATABASE IF EXISTS huiying_live_test")
        connection.execute("CREATE DATABASE huiying_live_test")
        yield f"{host}/huiying_live_test"
        connection.execute("DROP DATABASE huiying_live_test WITH (FORCE)")


@pytest.fixture
def house(tmp_path: Path, database: str) -> Iterator[House]:
    house = House(tmp_path, database)
    house.python("-m", "huiying.cli", "migrate", "-v0")
    house.sessions = house.python("-c", SETTING).split()
    process = house.serve()
    yield house
    process.terminate()
    process.wait(30)


def drain(lines: Queue[str | None], *, until: str) -> list[str]:
    """Return the lines up to the one that begins so."""
    taken = []
    deadline = time.monotonic() + 25
    while time.monotonic() < deadline:
        taken.append(lines.get(timeout=25) or "")
        if taken[-1].startswith(until):
            return taken
    raise AssertionError(f"{until} never came: {taken}")


def test_a_change_reaches_who_may_see_it_and_a_session_that_ends_ends_the_stream(house: House):
    wang, chen = (house.listen(session) for session in house.sessions)
    time.sleep(1.5)
    number = house.python("-c", DEED)
    data = drain(wang, until="data: {")[-1]
    assert json.loads(data.removeprefix("data: "))["number"] == number
    house.python("-c", SIGNING_OUT.format(key=house.sessions[1]))
    assert not any("event" in line for line in iter(lambda: chen.get(timeout=40), None))
