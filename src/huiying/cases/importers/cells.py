"""Cells that speak of cases: moments that lie behind us, kinds, levels and urgency in the words people use."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import TypeVar

from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from huiying.cases.models import Kind, Level, Urgency
from huiying.customers.importers.cells import words, words_up_to
from huiying.customers.numbers import sound_email, sound_phone
from huiying.kit.cells import as_moment, as_text, as_word, whole_digits
from huiying.kit.guards import BadInput
from huiying.kit.tables import Cell
from huiying.kit.text import folded

__all__ = ["email", "kind", "level", "long_text", "moment", "phone", "urgency", "words", "words_up_to"]

Word = TypeVar("Word")
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


def long_text(cell: Cell, _column: str) -> str:
    text = as_text(cell)
    if len(text) > LONGEST:
        raise BadInput(_("The text is longer than {length} characters.").format(length=LONGEST))
    return text


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


def kind(cell: Cell, _column: str) -> Kind | None:
    return one_of(KINDS, cell, "咨询, 故障, 投诉, 建议, 表扬")


def level(cell: Cell, _column: str) -> Level | None:
    return one_of(LEVELS, cell, "一般, 复杂, 重大")


def urgency(cell: Cell, _column: str) -> Urgency | None:
    return one_of(URGENCIES, cell, "紧急, 一般, 低")


def one_of(meanings: Mapping[str, Word], cell: Cell, choices: str) -> Word | None:
    text = folded(as_word(cell)).replace(" ", "")
    if not text:
        return None
    if text not in meanings:
        raise BadInput(_("“{value}” is not one of: {choices}.").format(value=as_word(cell)[:40], choices=choices))
    return meanings[text]
