"""Cells that speak of cases: moments that lie behind us, kinds, levels and urgency in the words people use."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime

from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from huiying.cases.models import Kind, Level, Urgency
from huiying.customers.numbers import sound_email, sound_phone
from huiying.imports.readers import one_of, text_up_to
from huiying.kit.cells import as_moment, as_text, as_word, whole_digits
from huiying.kit.guards import BadInput
from huiying.kit.tables import Cell

LONGEST = 50_000

KINDS: Mapping[str, Kind] = {
    **dict.fromkeys(("complaint", "投诉", "举报", "投诉举报"), Kind.COMPLAINT),
    **dict.fromkeys(("consultation", "咨询", "询问", "问题", "inquiry", "question"), Kind.CONSULTATION),
    **dict.fromkeys(("fault", "故障", "技术故障", "报修", "维修", "incident"), Kind.FAULT),
    **dict.fromkeys(("suggestion", "建议", "意见"), Kind.SUGGESTION),
    **dict.fromkeys(("praise", "表扬", "感谢"), Kind.PRAISE),
}
LEVELS: Mapping[str, Level] = {
    **dict.fromkeys(("general", "一般", "普通", "轻微", "低"), Level.GENERAL),
    **dict.fromkeys(("complex", "复杂", "较大", "中"), Level.COMPLEX),
    **dict.fromkeys(("major", "重大", "严重", "特大", "高"), Level.MAJOR),
}
URGENCIES: Mapping[str, Urgency] = {
    **dict.fromkeys(("urgent", "紧急", "特急", "加急", "高", "high"), Urgency.URGENT),
    **dict.fromkeys(("normal", "一般", "普通", "中", "medium"), Urgency.NORMAL),
    **dict.fromkeys(("low", "低", "不急"), Urgency.LOW),
}

long_text = text_up_to(LONGEST)
kind = one_of(KINDS, "咨询, 故障, 投诉, 建议, 表扬")
level = one_of(LEVELS, "一般, 复杂, 重大")
urgency = one_of(URGENCIES, "紧急, 一般, 低")


def moment(cell: Cell, _column: str) -> datetime | None:
    """Return a moment that lies behind us."""
    told = as_moment(cell)
    if told is not None and told > timezone.now():
        raise BadInput(_("{moment} lies in the future.").format(moment=as_text(cell)))
    return told


def phone(cell: Cell, _column: str) -> str:
    """Return a phone number; one that is masked with stars is nobody's."""
    text = as_word(cell)
    return sound_phone(whole_digits(text)) if text and "*" not in text else ""


def email(cell: Cell, _column: str) -> str:
    text = as_word(cell)
    return sound_email(text) if text else ""
