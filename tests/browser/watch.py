"""What goes wrong quietly in a page: script errors, blocked scripts and styles, answers of 500 and above."""

from __future__ import annotations

import re

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
