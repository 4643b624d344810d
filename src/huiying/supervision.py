"""Keeping child processes alive: `huiying serve` starts web, heartbeat and worker, and starts again what dies."""

from __future__ import annotations

import ctypes
import os
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Callable
from dataclasses import dataclass, field

PR_SET_PDEATHSIG = 1
PATIENCE = 15.0
HEALTHY_AFTER = 30.0
LONGEST_PAUSE = 30.0

Report = Callable[[str, "Child"], None]


@dataclass
class Child:
    """One kept process: its command, and how often it died early in a row."""

    name: str
    command: list[str]
    process: subprocess.Popen[bytes] | None = None
    started_at: float = 0.0
    early_deaths: int = 0
    start_again_at: float = field(default=0.0)

    def start(self) -> None:
        self.started_at = time.monotonic()
        self.process = subprocess.Popen(self.command, preexec_fn=die_with_parent, env=os.environ)  # noqa: S603,PLW1509 - our own commands; the hook only calls prctl

    @property
    def has_died(self) -> bool:
        return self.process is not None and self.process.poll() is not None

    @property
    def exit_code(self) -> int | None:
        return self.process.poll() if self.process else None

    def plan_restart(self) -> None:
        """Start again at once after a long life; after early deaths wait 1, 2, 4 … seconds."""
        lived = time.monotonic() - self.started_at
        self.early_deaths = 0 if lived > HEALTHY_AFTER else self.early_deaths + 1
        self.start_again_at = time.monotonic() + min(2.0 ** (self.early_deaths - 1), LONGEST_PAUSE)
        self.process = None

    def stop(self, number: signal.Signals = signal.SIGTERM) -> None:
        if self.process is not None and self.process.poll() is None:
            self.process.send_signal(number)


def keep_alive(children: list[Child], stop: threading.Event, report: Report) -> None:
    """Run the children until `stop` is set, then end all of them, by force after PATIENCE seconds."""
    for child in children:
        child.start()
        report("started", child)
    while not stop.wait(0.2):
        for child in children:
            look_after(child, report)
    end_all(children, report)


def look_after(child: Child, report: Report) -> None:
    if child.has_died:
        report("died", child)
        child.plan_restart()
    elif child.process is None and time.monotonic() >= child.start_again_at:
        child.start()
        report("started", child)


def end_all(children: list[Child], report: Report) -> None:
    running = [child for child in children if child.process is not None]
    for child in running:
        child.stop()
    deadline = time.monotonic() + PATIENCE
    for child in running:
        if child.process is None:
            continue
        try:
            child.process.wait(max(0.1, deadline - time.monotonic()))
        except subprocess.TimeoutExpired:
            child.stop(signal.SIGKILL)
            child.process.wait()
        report("stopped", child)


def die_with_parent() -> None:
    """Ask Linux to end this process when its parent is gone, so that a killed `serve` leaves no orphan on the port."""
    if sys.platform == "linux":
        ctypes.CDLL(None).prctl(PR_SET_PDEATHSIG, signal.SIGTERM)
