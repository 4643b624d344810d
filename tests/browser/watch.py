"""What goes wrong quietly: script errors, blocked scripts and styles, answers of 500, answers nobody waits for."""

from __future__ import annotations

import re
from threading import Condition

from django.core.signals import request_finished, request_started
from playwright.sync_api import ConsoleMessage, Page, Response

# A refusal is an answer, not a fault.
OWN_REFUSAL = re.compile(r"(Failed to load resource.* |Response Status Error Code )4\d\d ")
# Only a test that takes the network away sees these.
OFFLINE = re.compile(r"net::ERR_INTERNET_DISCONNECTED|htmx:(sendError|afterRequest)")


class Watch:
    """Collects the faults of a page while it is used."""

    def __init__(self, page: Page) -> None:
        self.faults: list[str] = []
        page.on("pageerror", lambda error: self.faults.append(f"script: {error}"))
        page.on("console", self.hear)
        page.on("response", self.see)

    def hear(self, message: ConsoleMessage) -> None:
        if message.type == "error" and not (OWN_REFUSAL.search(message.text) or OFFLINE.search(message.text)):
            self.faults.append(f"console: {message.text}")

    def see(self, response: Response) -> None:
        if response.status >= 500:
            self.faults.append(f"{response.status}: {response.url}")


class Rest:
    """Knows when the server has nothing left to do: pages may close while an answer of theirs is still under way."""

    LONGEST = 30  # seconds

    def __init__(self) -> None:
        self.under_way, self.changed = 0, Condition()
        request_started.connect(self.begin)
        request_finished.connect(self.end)

    def begin(self, **_told: object) -> None:
        with self.changed:
            self.under_way += 1

    def end(self, **_told: object) -> None:
        with self.changed:
            self.under_way -= 1
            self.changed.notify_all()

    def wait(self) -> None:
        """Return when every request has been answered: only then may the database be emptied."""
        with self.changed:
            self.changed.wait_for(lambda: self.under_way <= 0, self.LONGEST)
        request_started.disconnect(self.begin)
        request_finished.disconnect(self.end)
