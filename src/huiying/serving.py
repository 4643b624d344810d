"""What granian runs: pages on one thread a process, live streams on its event loop.

A view that answers with an asynchronous stream is read here on the event loop, so thousands of open streams hold
neither a thread nor a database connection; every other answer is made whole on the one page thread, because threads
of one Python process hinder each other.
"""

from __future__ import annotations

import asyncio
import os
import sys
from collections.abc import AsyncIterator, Callable
from concurrent.futures import ThreadPoolExecutor
from contextlib import aclosing, suppress
from tempfile import SpooledTemporaryFile
from typing import Any, cast
from urllib.parse import unquote_to_bytes

from django.conf import settings
from django.core.wsgi import get_wsgi_application
from django.http import HttpResponseBase, StreamingHttpResponse
from granian.rsgi import ProtocolClosed

from huiying.supervision import die_with_parent

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "huiying.settings")

Headers = list[tuple[str, str]]
Body = SpooledTemporaryFile[bytes]
KEPT_IN_MEMORY = 1024 * 1024
WITHOUT_BODY = frozenset({"GET", "HEAD", "OPTIONS"})
TOO_LARGE = "413 Content Too Large"


class Application:
    """An RSGI application around Django."""

    def __init__(self) -> None:
        self.django = cast(Callable[[dict[str, Any], Any], HttpResponseBase], get_wsgi_application())
        self.page_thread = ThreadPoolExecutor(max_workers=1, thread_name_prefix="pages")

    def __rsgi_init__(self, _loop: asyncio.AbstractEventLoop) -> None:
        die_with_parent()

    async def __rsgi__(self, scope: Any, protocol: Any) -> None:
        body = await read_body(scope, protocol)
        if body is None:
            protocol.response_str(413, [("content-type", "text/plain")], TOO_LARGE)
            return
        loop = asyncio.get_running_loop()
        response = await loop.run_in_executor(self.page_thread, self.answer, environment(scope, body))
        if isinstance(response, StreamingHttpResponse) and response.is_async:
            await stream(response, protocol)
            await loop.run_in_executor(self.page_thread, response.close)
            return
        whole = await loop.run_in_executor(self.page_thread, read_whole, response) if response.streaming else None
        protocol.response_bytes(response.status_code, headers_of(response), whole or response_body(response))

    def answer(self, environ: dict[str, Any]) -> HttpResponseBase:
        """Let Django answer; a plain answer is closed at once, a stream by whoever has read it."""
        response = self.django(environ, lambda *_arguments: None)
        if not response.streaming:
            response.close()
        return response


async def read_body(scope: Any, protocol: Any) -> Body | None:
    """Return what was sent, or None when it is more than REQUEST_LIMIT bytes.

    Beyond KEPT_IN_MEMORY it is kept on disk: strangers may send a lot at once before anybody asks who they are.
    """
    body = SpooledTemporaryFile(max_size=KEPT_IN_MEMORY)  # noqa: SIM115 - it lives as long as the request
    if scope.method in WITHOUT_BODY:
        return body
    async for chunk in protocol:
        body.write(chunk)
        if body.tell() > settings.REQUEST_LIMIT:
            body.close()
            return None
    return body


def environment(scope: Any, body: Body) -> dict[str, Any]:
    """Return the request as WSGI names it. Header names with an underscore are dropped: they could pose as others."""
    server, _, port = scope.server.rpartition(":")
    size = body.tell()
    body.seek(0)
    environ = {
        "REQUEST_METHOD": scope.method,
        "SCRIPT_NAME": "",
        "PATH_INFO": unquote_to_bytes(scope.path).decode("latin-1"),
        "QUERY_STRING": scope.query_string,
        "SERVER_NAME": server,
        "SERVER_PORT": port,
        "SERVER_PROTOCOL": f"HTTP/{scope.http_version}",
        "REMOTE_ADDR": scope.client.rpartition(":")[0].strip("[]"),
        "CONTENT_LENGTH": str(size),
        "wsgi.version": (1, 0),
        "wsgi.url_scheme": scope.scheme,
        "wsgi.input": body,
        "wsgi.errors": sys.stderr,
        "wsgi.multithread": False,
        "wsgi.multiprocess": True,
        "wsgi.run_once": False,
    }
    for name, value in scope.headers.items():
        if "_" not in name:
            key = name.upper().replace("-", "_")
            environ[key if key == "CONTENT_TYPE" else f"HTTP_{key}"] = value
    if scope.authority and "HTTP_HOST" not in environ:
        environ["HTTP_HOST"] = scope.authority
    return environ


def headers_of(response: HttpResponseBase) -> Headers:
    cookies = [("set-cookie", morsel.OutputString()) for morsel in response.cookies.values()]
    return [(name.lower(), value) for name, value in response.items()] + cookies


def response_body(response: HttpResponseBase) -> bytes:
    return getattr(response, "content", b"")


def read_whole(response: HttpResponseBase) -> bytes:
    try:
        return b"".join(cast(StreamingHttpResponse, response))
    finally:
        response.close()


async def stream(response: StreamingHttpResponse, protocol: Any) -> None:
    """Send the stream as it comes, until it ends or the reader has gone."""
    transport = protocol.response_stream(response.status_code, headers_of(response))
    sending = asyncio.ensure_future(send(response, transport))
    leaving = asyncio.ensure_future(protocol.client_disconnect())
    await asyncio.wait({sending, leaving}, return_when=asyncio.FIRST_COMPLETED)
    for task in (sending, leaving):
        task.cancel()
    with suppress(asyncio.CancelledError, ProtocolClosed):  # the reader left while a chunk was on its way
        await sending


async def send(response: StreamingHttpResponse, transport: Any) -> None:
    async with aclosing(cast(Any, aiter(cast(AsyncIterator[bytes], response)))) as chunks:
        async for chunk in chunks:
            await transport.send_bytes(chunk)


application = Application()
