"""What the tests kill: a PostgreSQL of their own and `huiying …` processes."""

from __future__ import annotations

import contextlib
import os
import shutil
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

import psycopg

PROJECT = Path(__file__).resolve().parents[1]


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

    def stop(self) -> None:
        self.run("pg_ctl", "-D", f"{self.folder}/data", "-m", "immediate", "stop")

    def environment(self, folder: Path) -> dict[str, str]:
        """Return what `huiying …` processes need to work with this database."""
        return os.environ | {
            "HUIYING_DATABASE_URL": self.url,
            "HUIYING_DATA_DIR": str(folder / "var"),
            "PYTHONPATH": str(PROJECT / "src"),
            "DJANGO_SETTINGS_MODULE": "huiying.settings",
        }

    def rows(self, query: str, words: list[str] | None = None) -> list[tuple]:
        with psycopg.connect(self.url) as connection:
            return connection.execute(query, None if words is None else [words]).fetchall()

    def change(self, statement: str) -> None:
        with psycopg.connect(self.url) as connection:
            connection.execute(statement)


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


def wait_until(holds: Callable[[], bool], *, seconds: float) -> None:
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
