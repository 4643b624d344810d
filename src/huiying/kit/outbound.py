"""Calling other people's servers: only over https to public addresses, in bounded time, with bounded answers.

The name is resolved once, every address it has must be public, and it is that address we connect to: a name that
answers differently the second time gains nothing. Redirects are not followed and proxies of the environment not used.
`settings.PRIVATE_TARGETS` allows http and addresses inside the company's network, for servers that stand there.
"""

from __future__ import annotations

import socket
import ssl
import time
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from ipaddress import IPv4Address, IPv6Address, IPv6Network, ip_address

import httpcore
import httpx
from django.conf import settings
from django.utils.translation import gettext as _

from huiying.kit.hurry import Hurried

TIMEOUT = 10.0  # seconds, for each of connecting, sending and reading
LONGEST = 20.0  # seconds, for everything together
ANSWER_LIMIT = 64 * 1024
PORTS = range(1, 65536)
PROBLEMS = (httpcore.TimeoutException, httpcore.NetworkError, httpcore.ProtocolError, httpcore.ConnectionNotAvailable)
CARRIERS = (IPv6Network("64:ff9b::/96"), IPv6Network("::/96"))  # they end in the IPv4 address that is meant


class Forbidden(ValueError):
    """The address may not be called."""


class Unreachable(Exception):
    """Nobody answers there, or not in time."""


@dataclass(frozen=True)
class Answer:
    """What came back: the status and at most ANSWER_LIMIT bytes."""

    status: int
    body: bytes

    @property
    def text(self) -> str:
        return self.body.decode("utf-8", "replace")


def post(url: str, content: bytes, headers: Mapping[str, str]) -> Answer:
    """Post the content. Raises Forbidden or Unreachable."""
    target = parsed(url)
    place = resolved(target)
    told = {**headers, "Host": target.netloc.decode(), "Accept-Encoding": "identity", "Connection": "close"}
    told["Content-Length"] = str(len(content))
    limits = dict.fromkeys(("connect", "write", "read", "pool"), TIMEOUT)
    hurried = Hurried(time.monotonic() + LONGEST)
    try:
        with (
            httpcore.ConnectionPool(ssl_context=trusted(), network_backend=hurried) as pool,
            pool.stream(
                "POST",
                str(target.copy_with(host=place)),
                headers=[*told.items()],
                content=content,
                extensions={"timeout": limits, "sni_hostname": target.host},
            ) as got,
        ):
            return Answer(got.status, read(got))
    except PROBLEMS as problem:
        raise Unreachable(f"{type(problem).__name__}: {problem}"[:300]) from problem


@cache
def trusted() -> ssl.SSLContext:
    """Return whom we trust, read once: reading the certificates takes longer than most calls."""
    return httpx.create_ssl_context(trust_env=False)


def ensure_callable(url: str) -> None:
    """Raise Forbidden where the address itself shows that it may not be called. Asks no name server."""
    host = host_of(url)
    try:
        ensure_public(host)
    except Forbidden:
        raise
    except ValueError:  # a name: what it leads to is looked at when it is called
        if host == "localhost" and not settings.PRIVATE_TARGETS:
            raise Forbidden(_("This address lies inside our own network.")) from None


def host_of(url: str) -> str:
    """Return whom the address names, as `post` reads it. Raises Forbidden."""
    return parsed(url).host


def parsed(url: str) -> httpx.URL:
    try:
        target = httpx.URL(url)
        host = target.host  # letters in punycode that mean nothing show only here
    except (httpx.InvalidURL, ValueError) as wrong:
        raise Forbidden(_("This is no address.")) from wrong
    if target.scheme != "https" and not (settings.PRIVATE_TARGETS and target.scheme == "http"):
        raise Forbidden(_("The address must begin with https://."))
    if not host or "%" in host or target.userinfo or (target.port is not None and target.port not in PORTS):
        raise Forbidden(_("This is no address."))
    return target


def resolved(target: httpx.URL) -> str:
    """Return the address to connect to. Raises Forbidden when any that the name has is not public."""
    port = target.port or (443 if target.scheme == "https" else 80)
    try:
        found = socket.getaddrinfo(target.host, port, type=socket.SOCK_STREAM)
    except (OSError, UnicodeError) as unknown:
        raise Unreachable(str(unknown)) from unknown
    places = [str(where[0]) for *_rest, where in found]
    for place in places:
        ensure_public(place)
    return places[0]


def ensure_public(place: str) -> None:
    """Raise Forbidden unless everybody could reach the address; ValueError where it is none."""
    address = meant(ip_address(place.partition("%")[0]))
    if not settings.PRIVATE_TARGETS and (not address.is_global or address.is_multicast):
        raise Forbidden(_("This address lies inside our own network."))


def meant(address: IPv4Address | IPv6Address) -> IPv4Address | IPv6Address:
    """Return the IPv4 address that an IPv6 one carries, where it does: gateways on the way lead there."""
    if isinstance(address, IPv4Address):
        return address
    if any(address in carrier for carrier in CARRIERS):
        return IPv4Address(int(address) & 0xFFFF_FFFF)
    return address.ipv4_mapped or address.sixtofour or address


def read(got: httpcore.Response) -> bytes:
    body = b""
    for part in got.iter_stream():
        body += part
        if len(body) >= ANSWER_LIMIT:
            break
    return body[:ANSWER_LIMIT]
