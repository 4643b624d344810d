"""Cells that speak of customers: phone numbers as people jot them down, tiers, states, kinds."""

from __future__ import annotations

import re
from collections.abc import Mapping

from huiying.customers.models import Customer, Status, Tier
from huiying.customers.numbers import sound_email, sound_phone
from huiying.imports.readers import one_of
from huiying.kit.cells import as_word, whole_digits
from huiying.kit.tables import Cell
from huiying.kit.text import HAN, folded

_BETWEEN = re.compile(r"[/、,;，；|\n]|或|和|\s{2,}")
_REMARK = re.compile(rf"[(（\[][^\d)）\]]*[)）\]]|(?:tel|mobile|phone|mob)[.:：]?|(?!转)[{HAN}]+[:：]?", re.IGNORECASE)
_TWO_MOBILES = re.compile(r"(1[3-9]\d{9})\s+(?=1[3-9]\d{9})")
_NOT_GIVEN = frozenset({"", "0", "-"})

TIERS: Mapping[str, Tier] = {
    **dict.fromkeys(("vip", "svip", "s", "钻石", "vip客户", "战略", "战略客户"), Tier.VIP),
    **dict.fromkeys(("a", "high", "高价值", "重点", "高价值客户", "重点客户", "金", "金牌", "大客户"), Tier.HIGH),
    **dict.fromkeys(("b", "potential", "潜力", "潜力客户", "银", "银牌"), Tier.POTENTIAL),
    **dict.fromkeys(("c", "d", "ordinary", "普通", "普通客户", "一般", "一般客户", "铜"), Tier.ORDINARY),
}
STATUSES: Mapping[str, Status] = {
    **dict.fromkeys(("lead", "潜在", "潜在客户", "线索"), Status.LEAD),
    **dict.fromkeys(("interested", "意向", "意向客户"), Status.INTERESTED),
    **dict.fromkeys(("active", "成交", "成交客户", "合作中", "正常", "正式", "活跃"), Status.ACTIVE),
    **dict.fromkeys(("lost", "流失", "流失客户", "已流失", "停用"), Status.LOST),
}
KINDS: Mapping[str, str] = {
    **dict.fromkeys(
        ("organisation", "organization", "企业", "公司", "单位", "机构", "企业客户"), Customer.Kind.ORGANISATION
    ),
    **dict.fromkeys(("person", "个人", "个人客户", "自然人"), Customer.Kind.PERSON),
}
tier = one_of(TIERS, "VIP, 高价值, 潜力, 普通")
status = one_of(STATUSES, "潜在, 意向, 成交, 流失")
kind = one_of(KINDS, "企业, 个人")
_COMPANY = re.compile(
    r"(公司|集团|厂|店|酒店|宾馆|中心|学校|大学|学院|幼儿园|医院|诊所|银行|事务所|研究所|研究院|协会|商会|合作社|委员会|局|部|社|行|超市|商行|工作室)"
    r"([(（].*[)）])?$|\b(co|ltd|inc|llc|gmbh|corp|company|group|hotel)\b",
    re.IGNORECASE,
)


def phones(cell: Cell, _column: str) -> list[str]:
    """Return every number in the cell: 「(手机)15469101960」, "15338560389/18978730908", "1.3800138000E+10"."""
    text = _TWO_MOBILES.sub(r"\1/", as_word(cell))
    pieces = (_REMARK.sub("", piece).strip() for piece in _BETWEEN.split(text))
    return [sound_phone(whole_digits(piece)) for piece in pieces if piece not in _NOT_GIVEN]


def emails(cell: Cell, _column: str) -> list[str]:
    return [sound_email(piece) for piece in re.split(r"[\s,;，；、/]+", as_word(cell)) if piece]


def wechats(cell: Cell, _column: str) -> list[str]:
    return [piece[:60] for piece in re.split(r"[\s,;，；、/]+", as_word(cell)) if piece]


def labels(cell: Cell, _column: str) -> list[str]:
    return [piece[:30] for piece in re.split(r"[\s,;，；、/|]+", as_word(cell)) if piece]


def looks_like_company(name: str) -> bool:
    return bool(_COMPANY.search(folded(name)))
