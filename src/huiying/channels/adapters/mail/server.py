"""Speaking to the mail server: one session for a batch, and its refusals sorted by what may help."""

from __future__ import annotations

import smtplib
import ssl
from collections.abc import Iterator
from contextlib import contextmanager
from email.message import EmailMessage
from urllib.parse import parse_qs, unquote, urlsplit

from huiying.channels.adapters.refusals import NotNow, ServerAway, Undeliverable

TIMEOUT = 30.0  # seconds


@contextmanager
def mail_server(url: str) -> Iterator[smtplib.SMTP]:
    """Open a session with `smtp://user:password@host:port?tls=starttls|none` or `smtps://…`. Raises ServerAway.

    Without `tls`, encryption is used when the server offers it.
    """
    try:
        server = _connected(url)
    except (OSError, smtplib.SMTPException, ValueError) as problem:
        raise ServerAway(str(problem)) from problem
    try:
        yield server
    finally:
        _leave(server)


def _connected(url: str) -> smtplib.SMTP:
    parts = urlsplit(url)
    host, context = parts.hostname or "", ssl.create_default_context()
    wish = parse_qs(parts.query).get("tls", [""])[0]
    if parts.scheme == "smtps" or wish == "ssl":
        server: smtplib.SMTP = smtplib.SMTP_SSL(host, parts.port or 465, timeout=TIMEOUT, context=context)
    else:
        server = smtplib.SMTP(host, parts.port or 25, timeout=TIMEOUT)
        server.ehlo()
        if wish != "none" and (wish == "starttls" or server.has_extn("starttls")):
            server.starttls(context=context)
    if parts.username:
        server.login(unquote(parts.username), unquote(parts.password or ""))
    return server


def _leave(server: smtplib.SMTP) -> None:
    try:
        server.quit()
    except (OSError, smtplib.SMTPException):
        server.close()


def send(server: smtplib.SMTP, mail: EmailMessage, *, sender: str, recipient: str) -> None:
    """Hand one mail over. Raises Undeliverable, NotNow or ServerAway."""
    try:
        server.send_message(mail, from_addr=sender, to_addrs=[recipient])
    except smtplib.SMTPRecipientsRefused as refused:
        code, words = refused.recipients[recipient]
        raise _refusal(code, words) from refused
    except smtplib.SMTPResponseException as refused:
        raise _refusal(refused.smtp_code, refused.smtp_error) from refused
    except (smtplib.SMTPNotSupportedError, UnicodeError) as unfit:
        raise Undeliverable(str(unfit)) from unfit
    except (OSError, smtplib.SMTPException) as problem:
        raise ServerAway(str(problem)) from problem


def _refusal(code: int, words: bytes | str) -> Exception:
    said = words.decode("utf-8", "replace") if isinstance(words, bytes) else words
    kind = Undeliverable if 500 <= code < 600 else NotNow
    return kind(f"{code} {said}"[:1000])
