"""What is sent to us lies on disk when it is large, and is refused when it is too large."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Coroutine
from concurrent.futures import ThreadPoolExecutor
from types import SimpleNamespace
from typing import Any

from huiying.serving import KEPT_IN_MEMORY, environment, read_body

SCOPE = SimpleNamespace(
    method="POST",
    path="/f/",
    query_string="",
    server="127.0.0.1:8000",
    client="203.0.113.7:5000",
    http_version="1.1",
    scheme="http",
    headers={},
    authority="",
)


async def sent(size: int) -> AsyncIterator[bytes]:
    for _chunk in range(size // 1024):
        yield b"x" * 1024


def in_a_loop_of_its_own(work: Coroutine[Any, Any, Any]) -> Any:
    """Do the work on a thread: where a browser was tested before, this one's loop is running already."""
    with ThreadPoolExecutor(1) as thread:
        return thread.submit(asyncio.run, work).result()


def test_a_large_body_is_kept_on_disk_and_arrives_whole():
    body = in_a_loop_of_its_own(read_body(SCOPE, sent(3 * KEPT_IN_MEMORY)))
    assert body._rolled
    environ = environment(SCOPE, body)
    assert environ["CONTENT_LENGTH"] == str(3 * KEPT_IN_MEMORY)
    assert len(environ["wsgi.input"].read()) == 3 * KEPT_IN_MEMORY


def test_a_body_without_end_is_refused(settings):
    settings.REQUEST_LIMIT = KEPT_IN_MEMORY
    assert in_a_loop_of_its_own(read_body(SCOPE, sent(2 * KEPT_IN_MEMORY))) is None
