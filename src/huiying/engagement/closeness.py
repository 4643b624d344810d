"""How near two people come by each means: what a plan asks for is met by anything as close (SPEC B1)."""

from __future__ import annotations

from collections.abc import Sequence

CLOSENESS = {"visit": 4, "meeting": 4, "phone": 3, "wechat": 2, "wecom": 2, "email": 2, "sms": 1, "system": 1}


def suffices(means: str, asked: Sequence[str]) -> bool:
    """Say whether a contact by these means is at least as close as the least close of those asked for.

    Where a call or a visit is asked for, a WeChat message does not do; where a WeChat message is, a call does.
    """
    return CLOSENESS.get(means, 0) >= min((CLOSENESS.get(one, 0) for one in asked), default=0)
