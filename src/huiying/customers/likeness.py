"""When two customers look like one: what speaks for it, how strongly, and which names are nearly the same (SPEC A7).

Names are compared in simplified characters, without legal form and without the place at their beginning.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import cache
from hashlib import blake2b
from typing import Any

from django.utils.translation import gettext_lazy as _

from huiying.kit.guards import Sentence
from huiying.kit.text import HAN, folded

REASONS: dict[str, Sentence] = {
    "credit_code": _("the same credit code"),
    "external_ref": _("the same outside number"),
    "phone": _("the same phone number"),
    "email": _("the same e-mail address"),
    "wechat": _("the same WeChat name"),
    "name": _("the same name"),
    "near_name": _("nearly the same name"),
}
STRENGTH = {
    "credit_code": 80,
    "external_ref": 70,
    "phone": 50,
    "email": 45,
    "wechat": 40,
    "name": 40,
    "near_name": 25,
}
SHORTEST = 4  # characters of a name in which one may differ

_NOT_WORD = re.compile(r"[\W_]+")
_LEGAL_FORM = re.compile(
    r"(集团|控股)?(股份有限公司|有限责任公司|有限公司|集团公司|股份公司|分公司|公司|集团|股份)$|(coltd|limited|ltd|incorporated|inc|llc|gmbh|corp)$"
)
_PLACE = re.compile(
    r"^(中国|北京|上海|天津|重庆|河北|山西|辽宁|吉林|黑龙江|江苏|浙江|安徽|福建|江西|山东|河南|湖北|湖南|广东|海南|四川|贵州|云南|陕西"
    rf"|甘肃|青海|台湾|内蒙古|广西|西藏|宁夏|新疆|香港|澳门|广州|深圳|杭州|南京|苏州|成都|武汉|西安|[{HAN}]{{2}}市)(省|市)?"
)
_TELLS_APART = re.compile(r"[0-9a-z一二三四五六七八九十百零〇甲乙丙丁东西南北中上下左右前后新老]")
_HAN = re.compile(f"[{HAN}]")


def strength_of(reasons: Iterable[str]) -> int:
    return min(sum(STRENGTH[reason] for reason in reasons), 200)


def plain_name(name: str) -> str:
    """Return the name simplified, without marks and legal form: 「藍灣酒店股份有限公司」 → 「蓝湾酒店」."""
    plain = _NOT_WORD.sub("", simplified(folded(name)))
    return _LEGAL_FORM.sub("", plain) or plain


def parted(name: str) -> tuple[str, str]:
    """Return the place a plain name begins with, and the rest: 「上海蓝湾酒店」 → (「上海」, 「蓝湾酒店」)."""
    found = _PLACE.match(name)
    if found is None or len(name) - found.end() < SHORTEST:
        return "", name
    return found.group(1), name[found.end() :]


def name_reason(one: str, other: str) -> str:
    """Return "name", "near_name", or "" for two names as they are written."""
    first, second = plain_name(one), plain_name(other)
    if first == second:
        return "name" if first else ""
    (place, core), (other_place, other_core) = parted(first), parted(second)
    if place and other_place and place != other_place:
        return ""
    return "near_name" if core == other_core or _one_character_apart(core, other_core) else ""


def speaks(name: str, *, is_organisation: bool) -> bool:
    """Say whether the name alone may raise a suspicion: thousands of people are called 张伟."""
    plain = plain_name(name)
    return len(plain) >= (2 if is_organisation else SHORTEST + 1) and (is_organisation or bool(_HAN.search(plain)))


def name_keys(name: str) -> set[int]:
    """Return numbers of which two names share one where they are the same but for one character, or one place."""
    core = parted(plain_name(name))[1]
    variants = {core}
    if len(core) >= SHORTEST:
        variants |= {core[:place] + core[place + 1 :] for place in range(len(core))}
    return {int.from_bytes(blake2b(word.encode(), digest_size=8).digest(), signed=True) for word in variants}


def simplified(text: str) -> str:
    return str(_converter().convert(text)) if _HAN.search(text) else text


@cache
def _converter() -> Any:
    import opencc

    return opencc.OpenCC("t2s")


def _one_character_apart(one: str, other: str) -> bool:
    """Two buildings may differ by their number, two shops by east and west: such characters tell apart."""
    shorter, longer = sorted((one, other), key=len)
    if len(shorter) < SHORTEST or len(longer) - len(shorter) > 1:
        return False
    start = next((place for place, sign in enumerate(shorter) if sign != longer[place]), len(shorter))
    differs = longer[start] + (shorter[start] if len(longer) == len(shorter) else "")
    rest = shorter[start + 1 :] if len(longer) == len(shorter) else shorter[start:]
    return rest == longer[start + 1 :] and not _TELLS_APART.search(differs)
