"""`huiying heartbeat`: keep promises: ring clocks, perform duties, send and fetch. Several may run at once."""

from __future__ import annotations

import signal
import threading
from typing import Any

from django.utils.translation import gettext as _

from huiying.heartbeat import walk_all
from huiying.kit.commands import SpokenCommand
from huiying.readiness import ensure_up_to_date
from huiying.schedule import STEPS


class Command(SpokenCommand):
    help = "Keep promises: ring clocks, perform duties, send and fetch. Several may run at once."

    def work(self, **_words: Any) -> None:
        ensure_up_to_date()
        stop = threading.Event()
        for number in (signal.SIGTERM, signal.SIGINT):
            signal.signal(number, lambda *_frame: stop.set())
        self.say(
            _("The heart beats: %(steps)s.") % {"steps": ", ".join(step.name for step in STEPS)},
            event="started",
            steps=[step.name for step in STEPS],
        )
        walk_all(STEPS, stop)
        self.say(_("The heart has stopped."), event="stopped")
