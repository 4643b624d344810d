"""Robots of DingTalk groups: signed in the query where the group asks for it; 20 messages a minute each."""

from __future__ import annotations

import base64
import hashlib
import hmac
from collections.abc import Sequence
from datetime import datetime
from typing import Any

import httpx

from .mention import Mention, cut, handles, mobiles

HOSTS = ("oapi.dingtalk.com", "api.dingtalk.com")
CODE, WORDS = "errcode", "errmsg"
LATER = frozenset({-1, 130101, 410100})  # busy; too many messages
LONGEST = 16_000  # bytes


def address(url: str, secret: str, *, at: datetime) -> str:
    """Return the address with its signature: HMAC-SHA256 over "milliseconds, line break, secret" by the secret."""
    if not secret:
        return url
    stamp = str(int(at.timestamp() * 1000))
    mac = hmac.new(secret.encode(), f"{stamp}\n{secret}".encode(), hashlib.sha256)
    signed = {"timestamp": stamp, "sign": base64.b64encode(mac.digest()).decode()}
    return str(httpx.URL(url).copy_merge_params(signed))


def body(text: str, mentions: Sequence[Mention], _secret: str, *, at: datetime) -> dict[str, Any]:
    """Return the message; whom it calls must also stand in its text."""
    called = [f"@{each.handle or each.mobile or each.name}" for each in mentions]
    return {
        "msgtype": "text",
        "text": {"content": cut("\n".join([text, " ".join(called)]).strip(), LONGEST)},
        "at": {"atMobiles": mobiles(mentions), "atUserIds": handles(mentions), "isAtAll": False},
    }
