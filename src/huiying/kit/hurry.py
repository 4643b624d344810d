"""Connections that end at one moment, however slowly bytes trickle in: a server must not hold us by its headers."""

from __future__ import annotations

import ssl
import time
from collections.abc import Iterable
from typing import Any

import httpcore


class Hurried(httpcore.NetworkBackend):
    """Connect, write and read as usual, but never wait beyond `end`, a moment of `time.monotonic`."""

    def __init__(self, end: float) -> None:
        self.end = end
        self.usual = httpcore.SyncBackend()

    def connect_tcp(
        self,
        host: str,
        port: int,
        timeout: float | None = None,
        local_address: str | None = None,
        socket_options: Iterable[Any] | None = None,
    ) -> httpcore.NetworkStream:
        stream = self.usual.connect_tcp(host, port, left(self.end, timeout), local_address, socket_options)
        return HurriedStream(stream, self.end)


class HurriedStream(httpcore.NetworkStream):
    def __init__(self, stream: httpcore.NetworkStream, end: float) -> None:
        self.stream = stream
        self.end = end

    def read(self, max_bytes: int, timeout: float | None = None) -> bytes:
        return self.stream.read(max_bytes, left(self.end, timeout))

    def write(self, buffer: bytes, timeout: float | None = None) -> None:
        self.stream.write(buffer, left(self.end, timeout))

    def close(self) -> None:
        self.stream.close()

    def start_tls(
        self, ssl_context: ssl.SSLContext, server_hostname: str | None = None, timeout: float | None = None
    ) -> httpcore.NetworkStream:
        return HurriedStream(self.stream.start_tls(ssl_context, server_hostname, left(self.end, timeout)), self.end)

    def get_extra_info(self, info: str) -> Any:
        return self.stream.get_extra_info(info)


def left(end: float, timeout: float | None) -> float:
    """Return how long to wait still. Raises ReadTimeout where the moment has passed."""
    rest = end - time.monotonic()
    if rest <= 0:
        raise httpcore.ReadTimeout("the answer takes too long")
    return rest if timeout is None else min(rest, timeout)
