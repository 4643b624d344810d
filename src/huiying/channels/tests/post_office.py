"""A mail server on this machine, for whatever sends mail."""

from __future__ import annotations

import asyncio
import socket
import threading
from email import message_from_bytes, policy
from email.message import EmailMessage


class PostOffice:
    """A mail server that keeps what it gets, or answers with `reply` instead; it may take `seconds` over each."""

    def __init__(self) -> None:
        self.mails: list[EmailMessage] = []
        self.reply = ""
        self.seconds = 0.0
        self.begun = threading.Event()

    async def handle_DATA(self, _server, _session, envelope) -> str:
        self.begun.set()
        await asyncio.sleep(self.seconds)
        if self.reply:
            return self.reply
        self.mails.append(message_from_bytes(envelope.content, policy=policy.default))
        return "250 OK"


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])
