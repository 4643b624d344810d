"""`huiying serve`: pages, heartbeat and task worker in one; what dies is started again."""

from __future__ import annotations

import errno
import os
import signal
import socket
import sys
import threading
from typing import Any

from django.core.management.base import CommandParser
from django.utils.translation import gettext as _

from huiying.kit.commands import SpokenCommand
from huiying.kit.guards import BadInput, DomainError
from huiying.readiness import ensure_up_to_date
from huiying.staff.links import first_start_path
from huiying.staff.models import User
from huiying.supervision import Child, keep_alive

OURSELVES = [sys.executable, "-m", "huiying.cli"]


class Command(SpokenCommand):
    help = "Serve pages, keep the heartbeat and do long jobs; with --only, one of them."

    def add_arguments(self, parser: CommandParser) -> None:
        super().add_arguments(parser)
        parser.add_argument("--host", default="127.0.0.1")
        parser.add_argument("--port", type=int, default=8000)
        parser.add_argument("--only", choices=["web", "heartbeat", "worker"], help="run one part alone")
        parser.add_argument("--workers", type=int, default=0, help="processes for pages; default: one a core, 2 to 8")

    def work(self, **words: Any) -> None:
        ensure_up_to_date()
        children = [child for child in children_of(words) if words["only"] in {None, child.name}]
        if any(child.name == "web" for child in children):
            ensure_free(words["host"], words["port"])
            be_known_at(words["host"], words["port"])
            self.greet(words["host"], words["port"])
        stop = threading.Event()
        for number in (signal.SIGTERM, signal.SIGINT):
            signal.signal(number, lambda *_frame: stop.set())
        keep_alive(children, stop, self.report)

    def greet(self, host: str, port: int) -> None:
        address = f"http://{host}:{port}"
        self.say(_("Huiying is at %(address)s – Ctrl-C ends it.") % {"address": address}, event="serving", url=address)
        if not User.objects.administrators().exists():
            link = address + first_start_path()
            self.say(_("Nobody administers it yet. Begin here, once: %(link)s") % {"link": link}, first_start=link)

    def report(self, event: str, child: Child) -> None:
        sentences = {
            "started": _("%(name)s runs."),
            "died": _("%(name)s ended unexpectedly (%(code)s) and is started again."),
            "stopped": _("%(name)s has ended."),
        }
        words = {"name": child.name, "code": child.exit_code}
        pid = child.process.pid if child.process else None
        self.say(sentences[event] % words, event=event, process=child.name, pid=pid, code=child.exit_code)


def children_of(words: dict[str, Any]) -> list[Child]:
    return [
        Child("web", web_command(words["host"], words["port"], words["workers"])),
        Child("heartbeat", [*OURSELVES, "heartbeat"]),
        Child("worker", [*OURSELVES, "db_worker", "--no-startup-delay", "--queue-name", "*", "--no-reload"]),
    ]


def web_command(host: str, port: int, workers: int) -> list[str]:
    count = workers or min(max(os.cpu_count() or 2, 2), 8)
    place = ["--host", host, "--port", str(port), "--workers", str(count)]
    return [sys.executable, "-m", "huiying.pages", *place]


def be_known_at(host: str, port: int) -> None:
    """Let links to customers lead here, where nobody said under which address we are reached."""
    reached = {"0.0.0.0": "127.0.0.1", "::": "[::1]"}.get(host, f"[{host}]" if ":" in host else host)  # noqa: S104 - compared
    os.environ.setdefault("HUIYING_PUBLIC_URL", f"http://{reached}:{port}")


def ensure_free(host: str, port: int) -> None:
    """Raise a sentence when somebody else listens there, or the address is not ours."""
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    with socket.socket(family, socket.SOCK_STREAM) as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((host, port))
        except OSError as taken:
            where = {"host": host, "port": port, "reason": taken.strerror}
            if taken.errno == errno.EADDRINUSE:
                raise DomainError(_("Port %(port)s is in use already. Choose another with --port.") % where) from taken
            raise BadInput(_("Cannot listen on %(host)s:%(port)s: %(reason)s") % where) from taken
