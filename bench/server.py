"""The real server, started as an administrator would, and what it costs in memory."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from urllib.error import URLError
from urllib.request import urlopen

WORKERS = 2
PATIENCE = 60.0


@contextmanager
def serving(port: int) -> Iterator[tuple[int, float]]:
    """Serve pages; yields the process and the seconds until its first answer."""
    command = [sys.executable, "-m", "huiying.cli", "serve", "--only", "web", "--port", str(port)]
    before = time.perf_counter()
    process = subprocess.Popen([*command, "--workers", str(WORKERS)], stdout=subprocess.DEVNULL, start_new_session=True)
    try:
        wait_for_answer(port, before)
        yield process.pid, time.perf_counter() - before
    finally:
        os.killpg(process.pid, signal.SIGTERM)
        process.wait(timeout=20)


def wait_for_answer(port: int, since: float) -> None:
    while time.perf_counter() - since < PATIENCE:
        try:
            urlopen(f"http://127.0.0.1:{port}/healthz", timeout=5).read()
        except (URLError, OSError):
            time.sleep(0.02)
        else:
            return
    raise RuntimeError("The server did not answer.")


def memory(leader: int) -> float:
    """Return the MiB that a process and its children hold, shared pages divided among them."""
    children: dict[int, list[int]] = {}
    for status in Path("/proc").glob("[0-9]*/stat"):
        try:
            fields = status.read_text().rsplit(")", 1)[1].split()
        except OSError:
            continue
        children.setdefault(int(fields[1]), []).append(int(status.parent.name))
    family, found = [leader], []
    while family:
        one = family.pop()
        found.append(one)
        family += children.get(one, [])
    return sum(proportional(pid) for pid in found) / 1024


def proportional(pid: int) -> int:
    try:
        lines = Path(f"/proc/{pid}/smaps_rollup").read_text().splitlines()
    except OSError:
        return 0
    return next((int(line.split()[1]) for line in lines if line.startswith("Pss:")), 0)
