"""Robots of WeCom groups: the key stands in the address; 20 messages a minute each."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from .mention import Mention, cut, handles, mobiles

HOSTS = ("qyapi.weixin.qq.com",)
CODE, WORDS = "errcode", "errmsg"
LATER = frozenset({-1, 45009})  # busy; more than 20 a minute
LONGEST = 2048  # bytes


def address(url: str, _secret: str, *, at: datetime) -> str:
    return url


def body(text: str, mentions: Sequence[Mention], _secret: str, *, at: datetime) -> dict[str, Any]:
    unnamed = [f"@{each.name}" for each in mentions if not (each.handle or each.mobile)]
    said = {
        "content": cut("\n".join([text, *unnamed]), LONGEST),
        "mentioned_list": handles(mentions),
        "mentioned_mobile_list": mobiles(mentions),
    }
    return {"msgtype": "text", "text": said}
