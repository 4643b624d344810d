"""Fetching mails from an IMAP mailbox. A mail stays on the server until it is stored here; twice stored is once."""

from __future__ import annotations

import imaplib
import ssl
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from urllib.parse import parse_qs, unquote, urlsplit

from django.conf import settings

from huiying.channels.models import Endpoint
from huiying.channels.models.endpoint import Channel
from huiying.intake.receiving import receive_mail

TIMEOUT = 30.0  # seconds
WHO_WE_ARE = '("name" "Huiying" "vendor" "Huiying")'


class MailboxAway(Exception):
    """The mailbox cannot be reached or will not let us in; the sentence is the server's."""


@dataclass(frozen=True)
class Mailbox:
    """Where mails are fetched. `done` is the folder they are moved to once stored; "" leaves them, marked as read."""

    host: str
    port: int
    user: str
    password: str
    folder: str
    tls: str
    done: str = ""

    @property
    def address(self) -> str:
        return self.user if "@" in self.user else f"{self.user}@{self.host}"


@dataclass(frozen=True)
class Position:
    """Up to where a folder was read. Another `validity` means that the server numbered its mails anew."""

    validity: int
    uid: int


def mailbox_at(url: str) -> Mailbox:
    """Read `imap://user:password@host:143/INBOX?tls=starttls|none&done=Archive` or `imaps://…`."""
    parts = urlsplit(url)
    asked = parse_qs(parts.query)
    is_tls = parts.scheme == "imaps"
    return Mailbox(
        host=parts.hostname or "",
        port=parts.port or (993 if is_tls else 143),
        user=unquote(parts.username or ""),
        password=unquote(parts.password or ""),
        folder=unquote(parts.path.strip("/")) or "INBOX",
        tls="ssl" if is_tls else asked.get("tls", ["starttls"])[0],
        done=asked.get("done", [""])[0],
    )


def collect(now: datetime, *, limit: int = 20) -> int:
    """Take in up to `limit` new mails; return how many. Raises MailboxAway."""
    if not settings.MAILBOX_URL:
        return 0
    box = mailbox_at(settings.MAILBOX_URL)
    with _session(box) as imap:
        position = _position(box, validity=_validity(imap))
        fresh = _uids_after(imap, position.uid)[:limit]
        for uid in fresh:
            _take_in(imap, box, uid, now=now)
            _remember(box, Position(position.validity, uid))
        return len(fresh)


@contextmanager
def _session(box: Mailbox) -> Iterator[imaplib.IMAP4]:
    try:
        imap = _connected(box)
        try:
            imap.login(box.user, box.password)
            if "ID" in imap.capabilities:  # NetEase lets nobody in who does not introduce himself
                imap.xatom("ID", WHO_WE_ARE)
            _ensure_ok(imap.select(_quoted(box.folder)))
            yield imap
        finally:
            imap.logout()
    except (OSError, imaplib.IMAP4.error) as problem:
        raise MailboxAway(f"{box.address} ({box.host}): {problem}") from problem


def _connected(box: Mailbox) -> imaplib.IMAP4:
    context = ssl.create_default_context()
    if box.tls == "ssl":
        return imaplib.IMAP4_SSL(box.host, box.port, ssl_context=context, timeout=TIMEOUT)
    imap = imaplib.IMAP4(box.host, box.port, timeout=TIMEOUT)
    if box.tls != "none":
        imap.starttls(context)
    return imap


def _validity(imap: imaplib.IMAP4) -> int:
    _name, values = imap.response("UIDVALIDITY")
    return int(values[0]) if values and values[0] else 0


def _uids_after(imap: imaplib.IMAP4, last: int) -> list[int]:
    """Return the new mails' numbers in order; the server names its last mail even when nothing is new."""
    (found,) = _ensure_ok(imap.uid("SEARCH", f"UID {last + 1}:*"))
    return sorted(uid for uid in map(int, (found or b"").split()) if uid > last)


def _take_in(imap: imaplib.IMAP4, box: Mailbox, uid: int, *, now: datetime) -> None:
    parts = _ensure_ok(imap.uid("FETCH", str(uid), "(BODY.PEEK[])"))
    source = next((part[1] for part in parts if isinstance(part, tuple)), None)
    if source is None:
        return  # somebody else has taken it away meanwhile
    receive_mail(source, at=now)
    if box.done:
        _move(imap, uid, _quoted(box.done))
    else:
        imap.uid("STORE", str(uid), "+FLAGS", r"(\Seen)")


def _move(imap: imaplib.IMAP4, uid: int, folder: str) -> None:
    if "MOVE" in imap.capabilities:
        _ensure_ok(imap.uid("MOVE", str(uid), folder))
        return
    _ensure_ok(imap.uid("COPY", str(uid), folder))
    imap.uid("STORE", str(uid), "+FLAGS", r"(\Deleted)")
    imap.expunge()


def _ensure_ok(answer: tuple[str, list[Any]]) -> list[Any]:
    state, values = answer
    if state != "OK":
        raise imaplib.IMAP4.error(values[0] if values else state)
    return values


def _quoted(folder: str) -> str:
    """Return the folder's name as IMAP writes it: what is not ASCII in its own kind of UTF-7."""
    written: list[str] = []
    foreign = ""
    for char in [*folder, ""]:
        if char and not char.isascii():
            foreign += char
            continue
        if foreign:
            written.append("&" + foreign.encode("utf-7").decode()[1:].rstrip("-").replace("/", ",") + "-")
            foreign = ""
        written.append("&-" if char == "&" else char)
    name = "".join(written).replace("\\", "\\\\").replace('"', '\\"')
    return f'"{name}"'


def _position(box: Mailbox, *, validity: int) -> Position:
    endpoint = _endpoint(box)
    known = endpoint.settings.get(box.folder, [0, 0])
    return Position(validity, known[1] if known[0] == validity else 0)


def _remember(box: Mailbox, position: Position) -> None:
    endpoint = _endpoint(box)
    endpoint.settings[box.folder] = [position.validity, position.uid]
    endpoint.save(update_fields=["settings"])


def _endpoint(box: Mailbox) -> Endpoint:
    endpoint, _new = Endpoint.objects.get_or_create(
        channel=Channel.EMAIL, address=box.address, defaults={"name": box.address[:60]}
    )
    return endpoint
