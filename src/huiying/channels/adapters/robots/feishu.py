"""Robots of Feishu groups: signed in the body where the group asks for it; 100 messages a minute each."""

from __future__ import annotations

import base64
import hashlib
import hmac
from collections.abc import Sequence
from datetime import datetime
from typing import Any

from .mention import Mention, cut

HOSTS = ("open.feishu.cn", "open.larksuite.com")
CODE, WORDS = "code", "msg"
LATER = frozenset({9499, 11232})  # too many messages
LONGEST = 16_000  # bytes


def address(url: str, _secret: str, *, at: datetime) -> str:
    return url


def body(text: str, mentions: Sequence[Mention], secret: str, *, at: datetime) -> dict[str, Any]:
    """Return the message. Angle brackets of the text are turned round: `<at user_id="all">` would call everybody."""
    called = " ".join(called_as(each) for each in mentions)
    plain = cut(defused(text), LONGEST)
    message = {"msg_type": "text", "content": {"text": f"{plain}\n{called}".strip()}}
    return message | (signature(secret, at=at) if secret else {})


def signature(secret: str, *, at: datetime) -> dict[str, str]:
    """Return seconds and HMAC-SHA256 of nothing, by "seconds, line break, secret"."""
    stamp = str(int(at.timestamp()))
    mac = hmac.new(f"{stamp}\n{secret}".encode(), b"", hashlib.sha256)
    return {"timestamp": stamp, "sign": base64.b64encode(mac.digest()).decode()}


def called_as(mention: Mention) -> str:
    if not mention.handle:
        return f"@{defused(mention.name)}"
    return f'<at user_id="{defused(mention.handle).replace(chr(34), "")}">{defused(mention.name)}</at>'


def defused(text: str) -> str:
    return text.replace("<", "‹").replace(">", "›")
