"""Reading cells for importers: what a column of any table may hold. Each raises BadInput in words (SPEC A8)."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime
from typing import TypeVar

from django.utils.translation import gettext_lazy as _

from huiying.imports.protocol import Reader
from huiying.kit.cells import as_amount, as_day, as_moment, as_text, as_whole, as_word
from huiying.kit.guards import BadInput
from huiying.kit.tables import Cell
from huiying.kit.text import folded

__all__ = ["amount", "day", "moment", "one_of", "text_up_to", "whole", "words", "words_up_to"]

Word = TypeVar("Word")

amount = as_amount


def words(cell: Cell, _column: str) -> str:
    """Return what is written; "" where it only says that there is nothing."""
    return as_word(cell)


def words_up_to(length: int) -> Reader:
    """Return a reader of words that refuses longer ones instead of cutting them."""

    def read(cell: Cell, _column: str) -> str:
        return not_longer(as_word(cell), length)

    return read


def text_up_to(length: int) -> Reader:
    """Return a reader of whole texts, in which 「无」 is an answer like any other."""

    def read(cell: Cell, _column: str) -> str:
        return not_longer(as_text(cell), length)

    return read


def day(cell: Cell, _column: str) -> date | None:
    return as_day(cell)


def moment(cell: Cell, _column: str) -> datetime | None:
    return as_moment(cell)


def whole(cell: Cell, _column: str) -> int | None:
    return as_whole(cell)


def one_of(meanings: Mapping[str, Word], choices: str) -> Reader:
    """Return a reader of coded words; the refusal names the `choices`."""

    def read(cell: Cell, _column: str) -> Word | None:
        text = folded(as_word(cell)).replace(" ", "").removesuffix("级")
        if not text:
            return None
        if text not in meanings:
            raise BadInput(_("“{value}” is not one of: {choices}.").format(value=as_word(cell)[:40], choices=choices))
        return meanings[text]

    return read


def not_longer(text: str, length: int) -> str:
    if len(text) > length:
        raise BadInput(_("The text is longer than {length} characters.").format(length=length))
    return text
