"""A server on this machine that hears what robots and gateways are told."""

from __future__ import annotations

import json
import threading
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from urllib.parse import parse_qs, urlsplit


@dataclass
class Exchange:
    """Keeps every call and answers `status` and `answer`, after `first` calls of another answer."""

    status: int = 200
    answer: object = field(default_factory=lambda: {"errcode": 0, "code": 0})
    headers: dict[str, str] = field(default_factory=dict)
    calls: list[tuple[str, dict[str, list[str]], bytes, dict[str, str]]] = field(default_factory=list)
    url: str = ""

    def body(self, place: int = -1) -> dict:
        return json.loads(self.calls[place][2])

    def query(self, place: int = -1) -> dict[str, list[str]]:
        return self.calls[place][1]


def opened(exchange: Exchange) -> ThreadingHTTPServer:
    """Return the server, running; its address stands in `exchange.url`."""

    class Desk(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            asked = urlsplit(self.path)
            content = self.rfile.read(int(self.headers.get("Content-Length", "0")))
            exchange.calls.append((asked.path, parse_qs(asked.query), content, dict(self.headers)))
            said = exchange.answer if isinstance(exchange.answer, bytes) else json.dumps(exchange.answer).encode()
            self.send_response(exchange.status)
            for name, value in exchange.headers.items():
                self.send_header(name, value)
            self.send_header("Content-Length", str(len(said)))
            self.end_headers()
            self.wfile.write(said)

        def log_message(self, *_words: object) -> None:
            """Say nothing."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), Desk)
    exchange.url = f"http://127.0.0.1:{server.server_port}/hook?key=geheim-4711"
    threading.Thread(target=server.serve_forever, daemon=True).start()
    return server
