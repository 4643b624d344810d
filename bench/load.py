"""Asking a server as so many clients would, each on a connection of its own, and timing the answers."""

from __future__ import annotations

import http.client
import statistics
import threading
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from itertools import count

Ask = Callable[[int], "Request"]
Deed = Callable[[int], object]


@dataclass(frozen=True)
class Request:
    """What is sent: where to, and for a POST what."""

    path: str
    body: bytes | None = None
    headers: dict[str, str] = field(default_factory=dict)


@dataclass(frozen=True)
class Measure:
    """Milliseconds at the median and at 95 %, and answers a second."""

    p50: float
    p95: float
    rate: float

    @classmethod
    def of(cls, times: list[float], seconds: float) -> Measure:
        cuts = statistics.quantiles(times, n=20) if len(times) > 1 else times * 19
        return cls(statistics.median(times) * 1000, cuts[18] * 1000, len(times) / seconds)


def ask_server(port: int, ask: Ask, *, clients: int, seconds: float) -> Measure:
    """Let the clients ask for so long; every answer must be 2xx."""

    def client(turn: Callable[[], int]) -> Deed:
        connection = http.client.HTTPConnection("127.0.0.1", port, timeout=60)

        def deed(_number: int) -> None:
            wanted = ask(turn())
            connection.request("POST" if wanted.body else "GET", wanted.path, wanted.body, wanted.headers)
            answer = connection.getresponse()
            answer.read()
            if not 200 <= answer.status < 300:
                raise RuntimeError(f"{wanted.path} answered {answer.status}")

        return deed

    return repeat(client, clients=clients, seconds=seconds)


def repeat(make: Callable[[Callable[[], int]], Deed], *, clients: int, seconds: float) -> Measure:
    """Let so many threads repeat a deed, each its own, for so long; the first two of each warm up and do not count."""
    numbers, times, broken = count(), [], []
    ready = threading.Barrier(clients)

    def work() -> None:
        try:
            deed = make(lambda: next(numbers))
            deed(0), deed(0)
            ready.wait()
            end = time.perf_counter() + seconds
            while (before := time.perf_counter()) < end:
                deed(0)
                times.append(time.perf_counter() - before)
        except Exception as failure:  # noqa: BLE001 - whatever ends a thread ends the run
            broken.append(failure)
            ready.abort()

    threads = [threading.Thread(target=work) for _client in range(clients)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    if broken:
        raise broken[0]
    return Measure.of(times, seconds)
