"""Text as it is compared: widths folded, names keyed, two-character runs for search."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence

from django.utils import translation

HAN = "\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\U00020000-\U0003ffff"
_RUNS = re.compile(rf"[{HAN}]+|[a-z0-9]+")
_HAN_ONLY = re.compile(rf"[{HAN}]+")
GRAM_LIMIT = 4_000
LONGEST = 20_000  # what people write at one go; pages show it whole


def folded(text: str) -> str:
    """Return the text in lower case with full-width letters and digits made narrow."""
    return (text if text.isascii() else unicodedata.normalize("NFKC", text)).lower()


def grams(text: str) -> list[str]:
    """Return the distinct search terms of a text, in order: runs of two Han characters, and Latin words or numbers.

    A Latin word or number also yields its prefixes from two characters on, so that "bcd-5" finds "BCD-520".
    """
    terms: dict[str, None] = {}
    for run in _RUNS.findall(folded(text)):
        for term in _terms(run):
            terms.setdefault(term)
        if len(terms) >= GRAM_LIMIT:
            break
    return list(terms)[:GRAM_LIMIT]


def query_grams(query: str) -> list[str]:
    """Return the terms that all must occur for the query to match."""
    terms: dict[str, None] = {}
    for run in _RUNS.findall(folded(query)):
        if _HAN_ONLY.fullmatch(run) and len(run) > 1:
            terms.update(dict.fromkeys(run[i : i + 2] for i in range(len(run) - 1)))
        else:
            terms.setdefault(run[:24])
    return [term for term in terms if len(term) > 1] or list(terms)


def _terms(run: str) -> list[str]:
    if _HAN_ONLY.fullmatch(run):
        return [run[i : i + 2] for i in range(len(run) - 1)] or [run]
    return [run[:end] for end in range(2, min(len(run), 24) + 1)] or [run]


def username_key(username: str) -> str:
    """Return the sign-in name as it is kept: trimmed, narrow, lower case."""
    return folded(username).strip()


def shortened(text: str, length: int) -> str:
    """Return the text on one line, at most `length` characters, cut with an ellipsis."""
    line = " ".join(text.split())
    return line if len(line) <= length else line[: length - 1].rstrip() + "…"


def around(text: str, words: Sequence[str], length: int) -> str:
    """Return at most `length` characters of the text on one line, with the first of the words that stands in it."""
    line = " ".join(text.split())
    places = [line.casefold().find(word.casefold()) for word in words]
    start = max(min((place for place in places if place >= 0), default=0) - length // 3, 0)
    start = start if len(line) - start > length else max(len(line) - length, 0)
    return ("…" if start else "") + shortened(line[start:], length)


def in_reader_language(name: str, name_en: str) -> str:
    """Return the English name to a reader of English, where there is one; else the name."""
    return name_en if name_en and (translation.get_language() or "").startswith("en") else name


BROWSERS = (
    ("MicroMessenger", "WeChat"),
    ("Edg", "Edge"),
    ("OPR/", "Opera"),
    ("Firefox", "Firefox"),
    ("Chrom", "Chrome"),
    ("Safari", "Safari"),
)
SYSTEMS = (
    ("Windows", "Windows"),
    ("HarmonyOS", "HarmonyOS"),
    ("Android", "Android"),
    ("iPhone", "iPhone"),
    ("iPad", "iPad"),
    ("Mac OS", "macOS"),
    ("Linux", "Linux"),
)


def browser_name(user_agent: str) -> str:
    """Return "Chrome · Windows" as far as the browser says so of itself, else the beginning of what it says."""
    names = (next((name for sign, name in table if sign in user_agent), "") for table in (BROWSERS, SYSTEMS))
    return " · ".join(name for name in names if name) or shortened(user_agent, 40)
