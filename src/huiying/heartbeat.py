"""The heartbeat: each step of the schedule on a thread of its own, so that a slow mailbox never delays a clock.

Several heartbeats may run at once; steps claim their work by conditional updates. Each step at work holds a connection
to the database: those that come rarely take turns and give theirs back, so that a heartbeat needs a dozen at most.
"""

from __future__ import annotations

import logging
import threading
from datetime import datetime, timedelta

from django.db import Error as DatabaseError
from django.db import connection
from django.utils import timezone

from huiying.journal.models import Pulse
from huiying.schedule import Step

log = logging.getLogger(__name__)

PULSE_EVERY = timedelta(seconds=10)
LONGEST_PAUSE = 60.0
RARE = timedelta(seconds=5)  # steps that wait so long or longer share
RARE_AT_ONCE = 4  # connections to the database


class Walker:
    """Keeps one step going: at once again after work, after `every` when idle, with growing pauses after a failure."""

    def __init__(self, step: Step, stop: threading.Event, turns: threading.Semaphore) -> None:
        self.step = step
        self.stop = stop
        self.turns = turns
        self.failures = 0
        self.pulse_at: datetime | None = None

    def walk(self) -> None:
        pause = 0.0
        while not self.stop.wait(pause):
            pause = self.pause_after(self.in_turn() if self.step.every >= RARE else self.attempt())
        connection.close()

    def in_turn(self) -> int:
        """Do the step once when it is its turn, and give the connection back."""
        with self.turns:
            done = self.attempt()
            connection.close()
        return done

    def attempt(self) -> int:
        """Do the step once; return how much it did, or -1 when it failed."""
        now = timezone.now()
        try:
            done = self.step.work(now)
            self.beat(now)
        except DatabaseError as lost:
            self.failures += 1
            log.warning("%s: the database did not answer, trying again: %s", self.step.name, lost)
            connection.close()
            return -1
        except Exception as failure:  # one broken step must not stop the others; /readyz names it
            self.failures += 1
            log.exception("%s failed", self.step.name)
            self.tell(failure, now)
            return -1
        if self.failures:
            log.warning("%s works again after %d failures", self.step.name, self.failures)
        self.failures = 0
        return done

    def pause_after(self, done: int) -> float:
        if done > 0:
            return 0.0
        if done == 0:
            return self.step.every.total_seconds()
        return min(2.0 ** min(self.failures, 10) / 2, LONGEST_PAUSE)

    def beat(self, now: datetime) -> None:
        if self.pulse_at is None or now - self.pulse_at >= PULSE_EVERY:
            Pulse.beat(self.step.name, at=now)
            self.pulse_at = now

    def tell(self, failure: Exception, now: datetime) -> None:
        try:
            Pulse.objects.filter(name=self.step.name).update(failure=f"{type(failure).__name__}: {failure}"[:300])
        except DatabaseError:
            connection.close()


def walk_all(steps: tuple[Step, ...], stop: threading.Event) -> None:
    """Walk every step until `stop` is set, then wait until each has finished what it was doing."""
    turns = threading.Semaphore(RARE_AT_ONCE)
    threads = [threading.Thread(target=Walker(step, stop, turns).walk, name=step.name) for step in steps]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
