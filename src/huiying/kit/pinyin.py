"""Han characters by the letters one types for them: 「物流延误」 → "wlyw"."""

from __future__ import annotations

from functools import lru_cache

from huiying.kit.text import folded

KEPT = 8192  # readings, of names mostly: a list of colleagues is read on many a page


@lru_cache(KEPT)
def initials(text: str) -> str:
    """Return the first letter of each character's reading; words and digits of other scripts stay whole."""
    from pypinyin import Style, lazy_pinyin  # its dictionary is read when the first name is keyed, not at start-up

    letters = lazy_pinyin(folded(text), style=Style.FIRST_LETTER)
    return "".join(letter for letter in "".join(letters) if letter.isalnum())


@lru_cache(KEPT)
def spelled(text: str) -> str:
    """Return the whole reading, to sort names by: 「高峰」 → "gaofeng"."""
    from pypinyin import lazy_pinyin  # as above

    return "".join(lazy_pinyin(folded(text)))
