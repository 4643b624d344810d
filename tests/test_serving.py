"""`huiying serve` as people run it: processes, ports and signals."""

from __future__ import annotations

import json
import os
import shutil
import signal
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Callable, Iterator
from contextlib import closing
from pathlib import Path

import httpx
import pytest

pytestmark = pytest.mark.crash
PATIENCE = 40.0


class Served:
    """A running `huiying serve` on a fresh SQLite installation."""

    def __init__(self, folder: Path) -> None:
        self.environment = os.environ | {"HUIYING_DATA_DIR": str(folder), "HUIYING_DATABASE_URL": ""}
        self.port = free_port()
        self.log = folder / "serve.log"

    def run(self, *words: str) -> subprocess.CompletedProcess[str]:
        command = [sys.executable, "-m", "huiying.cli", *words]
        return subprocess.run(command, env=self.environment, capture_output=True, text=True, check=False, timeout=120)

    def start(self) -> None:
        command = [sys.executable, "-m", "huiying.cli", "serve", "--port", str(self.port), "--json"]
        with self.log.open("w") as log:
            self.process = subprocess.Popen(command, env=self.environment, stdout=log, stderr=subprocess.STDOUT)
        wait_until(self.answers)

    def get(self, path: str) -> tuple[int, str]:
        try:
            with urllib.request.urlopen(f"http://127.0.0.1:{self.port}{path}", timeout=5) as answer:
                return answer.status, answer.read().decode()
        except urllib.error.HTTPError as refused:
            return refused.code, refused.read().decode()
        except OSError:
            return 0, ""

    def answers(self) -> bool:
        return self.get("/healthz")[0] == 200

    def events(self, name: str, process: str) -> list[dict[str, object]]:
        lines = [json.loads(line) for line in self.log.read_text().splitlines() if line.startswith("{")]
        return [line for line in lines if line.get("event") == name and line.get("process") == process]


@pytest.fixture(scope="module")
def migrated(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("installation")
    Served(folder).run("migrate", "-v0")
    return folder


@pytest.fixture
def served(migrated: Path, tmp_path: Path) -> Iterator[Served]:
    shutil.copytree(migrated, tmp_path, dirs_exist_ok=True)
    served = Served(tmp_path)
    served.start()
    yield served
    served.process.terminate()
    served.process.wait(30)


def free_port() -> int:
    with closing(socket.socket()) as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def wait_until(true: Callable[[], bool]) -> None:
    deadline = time.monotonic() + PATIENCE
    while not true():
        assert time.monotonic() < deadline, "it never came true"
        time.sleep(0.2)


def test_it_gets_ready_and_shows_the_first_start_link(served: Served):
    wait_until(lambda: served.get("/readyz")[0] == 200)
    first = next(
        json.loads(line)["first_start"] for line in served.log.read_text().splitlines() if "first_start" in line
    )
    assert served.get(first.split(str(served.port))[1])[0] == 200
    assert "huiying admin create" in served.get("/first/")[1]


def test_the_first_administrator_comes_in_through_the_real_server(served: Served):
    first = next(
        json.loads(line)["first_start"] for line in served.log.read_text().splitlines() if "first_start" in line
    )
    with httpx.Client(base_url=f"http://127.0.0.1:{served.port}", follow_redirects=True, timeout=30) as browser:
        browser.get(first)
        words = {"username": "boss", "name": "老板", "password": "山高水长-而今迈步越", "again": "山高水长-而今迈步越"}
        page = browser.post(first, data=words | {"csrfmiddlewaretoken": browser.cookies["csrftoken"]})
        assert "sessionid" in browser.cookies
        assert "boss" in browser.get("/settings/people/?q=老板").text
        assert browser.post("/language/", content=b"x" * 1000).status_code == 403
        assert page.url.path == "/"


def test_guessing_is_counted_across_processes(served: Served):
    served.run("admin", "create", "boss")

    def attempt(password: str) -> httpx.Response:
        with httpx.Client(base_url=f"http://127.0.0.1:{served.port}", timeout=30) as browser:
            browser.get("/accounts/login/")
            words = {"login": "boss", "password": password, "csrfmiddlewaretoken": browser.cookies["csrftoken"]}
            return browser.post("/accounts/login/", data=words)

    answers = [attempt(f"guess-{guess}").text for guess in range(6)]
    assert len(set(map(len, answers[:5]))) == 1
    assert len(answers[5]) != len(answers[0])  # the sixth is told to wait, whichever process it reached


def test_what_is_killed_is_started_again(served: Served):
    for name in ("heartbeat", "web"):
        os.kill(int(str(served.events("started", name)[0]["pid"])), signal.SIGKILL)
        wait_until(lambda name=name: len(served.events("started", name)) == 2)
    wait_until(served.answers)


def test_a_killed_serve_leaves_nobody_behind_and_starts_again(served: Served):
    served.process.kill()
    served.process.wait()
    wait_until(lambda: not served.answers())
    served.start()


def test_ending_it_ends_everything(served: Served):
    served.process.terminate()
    assert served.process.wait(30) == 0
    assert served.get("/healthz")[0] == 0


def test_a_taken_port_and_an_old_database_are_said_plainly(served: Served, tmp_path: Path):
    assert "in use" in served.run("serve", "--port", str(served.port)).stderr
    served.environment["HUIYING_DATA_DIR"] = str(tmp_path / "empty")
    outcome = served.run("serve", "--port", str(free_port()))
    assert outcome.returncode == 1
    assert "huiying migrate" in outcome.stderr


def test_pages_start_without_what_only_the_night_needs():
    program = (
        "import django, sys; django.setup(); import huiying.urls; print(sorted({'numpy', 'scipy'} & set(sys.modules)))"
    )
    environment = os.environ | {"DJANGO_SETTINGS_MODULE": "huiying.settings"}
    command = [sys.executable, "-c", program]
    outcome = subprocess.run(command, env=environment, capture_output=True, text=True, check=True, timeout=60)
    assert outcome.stdout.strip() == "[]"
