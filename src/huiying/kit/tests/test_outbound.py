"""Other people's servers are called only where everybody could call them, whatever their name leads to."""

from __future__ import annotations

import socket
import time
from collections.abc import Iterator
from contextlib import closing, contextmanager, suppress
from threading import Thread

import pytest

from huiying.kit import outbound
from huiying.kit.outbound import Forbidden, Unreachable, ensure_callable, ensure_public, post


@pytest.mark.parametrize(
    "place",
    [
        "127.0.0.1",
        "10.1.2.3",
        "192.168.0.1",
        "100.64.0.1",
        "169.254.169.254",
        "224.0.0.1",
        "::1",
        "fe80::1%eth0",
        "::ffff:127.0.0.1",
        "::127.0.0.1",
        "64:ff9b::a9fe:a9fe",
        "2002:a00:1::",
    ],
)
def test_addresses_inside_are_not_called(place):
    with pytest.raises(Forbidden):
        ensure_public(place)


def test_a_public_address_is():
    ensure_public("1.1.1.1")
    ensure_public("64:ff9b::101:101")


def test_a_name_that_leads_inside_is_not_called(monkeypatch):
    """Every address of the name counts, not only the first."""
    found = [(socket.AF_INET, socket.SOCK_STREAM, 6, "", (place, 443)) for place in ("1.1.1.1", "10.0.0.1")]
    monkeypatch.setattr(socket, "getaddrinfo", lambda *_asked, **_how: found)
    with pytest.raises(Forbidden):
        post("https://robots.example.com/", b"", {})


@pytest.mark.parametrize("url", ["https://[1.1.1.1/", "https://xn--a/", "https://1.1.1.1:99999/", "https://1.1.1.1:0/"])
def test_what_is_no_address_is_said_to_be_none(url):
    for deed in (lambda: ensure_callable(url), lambda: post(url, b"", {})):
        with pytest.raises(Forbidden):
            deed()


def test_plain_http_is_not_spoken():
    with pytest.raises(Forbidden):
        post("http://1.1.1.1/", b"", {})


def test_nobody_at_home_is_said_so(settings):
    settings.PRIVATE_TARGETS = True
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    with pytest.raises(Unreachable):
        post(f"http://127.0.0.1:{port}/", b"", {})


@contextmanager
def server(*parts: bytes, pause: float = 0.0) -> Iterator[str]:
    """Answer one call with these parts, resting before each, and give the address."""
    with closing(socket.create_server(("127.0.0.1", 0))) as listening:

        def answer() -> None:
            with closing(listening.accept()[0]) as caller, suppress(OSError):
                caller.recv(65536)
                for part in parts:
                    time.sleep(pause)
                    caller.sendall(part)

        thread = Thread(target=answer)
        thread.start()
        yield f"http://127.0.0.1:{listening.getsockname()[1]}/told"
        thread.join()


def test_the_answer_is_read(settings):
    settings.PRIVATE_TARGETS = True
    with server(b"HTTP/1.1 202 Accepted\r\nContent-Length: 4\r\n\r\ndone") as address:
        answer = post(address, b"{}", {"Content-Type": "application/json"})
    assert (answer.status, answer.text) == (202, "done")


@pytest.mark.parametrize("beginning", [b"HTTP/1.1 200 OK\r\n", b"HTTP/1.1 200 OK\r\n\r\n"])
def test_whoever_trickles_is_left_alone_in_time(settings, monkeypatch, beginning):
    """In the headers and in what follows: each byte comes in time, all of them would take for ever."""
    settings.PRIVATE_TARGETS = True
    monkeypatch.setattr(outbound, "LONGEST", 0.5)
    begun = time.monotonic()
    with server(beginning, *[b"x: y\r\n"] * 30, pause=0.1) as address, pytest.raises(Unreachable):
        post(address, b"", {})
    assert time.monotonic() - begun < 2
