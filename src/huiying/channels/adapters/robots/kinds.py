"""How each kind of robot is spoken to, and what its answers mean."""

from __future__ import annotations

import json
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, cast

from huiying.channels.adapters.refusals import NotNow, Undeliverable
from huiying.kit.outbound import Answer, Forbidden, Unreachable, post

from . import dingtalk, feishu, wecom
from .mention import Mention

OK, TOO_MANY, BROKEN = 200, 429, 500


@dataclass(frozen=True, kw_only=True)
class Speaker:
    """One kind of robot: where such robots live, how it is addressed and spoken to, and how it answers.

    `code` and `words` name the parts of its answer; 0 is well, the codes in `later` may be tried again.
    """

    hosts: tuple[str, ...]
    address: Callable[..., str]
    body: Callable[..., dict[str, Any]]
    code: str
    words: str
    later: frozenset[int]


SPEAKERS = {
    name: Speaker(
        hosts=kind.HOSTS, address=kind.address, body=kind.body, code=kind.CODE, words=kind.WORDS, later=kind.LATER
    )
    for name, kind in (("wecom", wecom), ("dingtalk", dingtalk), ("feishu", feishu))
}


def shout(kind: str, url: str, secret: str, text: str, mentions: Sequence[Mention], *, at: datetime) -> None:
    """Let a robot say something in its group. Raises NotNow or Undeliverable with what the other side said."""
    speaker = SPEAKERS[kind]
    content = json.dumps(speaker.body(text, mentions, secret, at=at), ensure_ascii=False).encode()
    try:
        answer = post(speaker.address(url, secret, at=at), content, {"Content-Type": "application/json"})
    except Forbidden as forbidden:
        raise Undeliverable(str(forbidden)) from forbidden
    except Unreachable as away:
        raise NotNow(str(away)) from away
    judge(speaker, answer)


def judge(speaker: Speaker, answer: Answer) -> None:
    """Return where the message was taken. Raises NotNow or Undeliverable."""
    if answer.status == TOO_MANY or answer.status >= BROKEN:
        raise NotNow(f"HTTP {answer.status} {answer.text[:200]}")
    if answer.status != OK:
        raise Undeliverable(f"HTTP {answer.status} {answer.text[:200]}")
    try:
        said = cast("dict[str, Any]", dict(json.loads(answer.body)))
    except (ValueError, TypeError) as unread:
        raise NotNow(f"HTTP {answer.status} {answer.text[:200]}") from unread
    code = said.get(speaker.code)
    if code != 0:
        kind = NotNow if code in speaker.later else Undeliverable
        raise kind(f"{code} {said.get(speaker.words, '')}"[:300])
