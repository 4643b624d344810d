"""Bytes to text when the declared character set is missing, wrong or only nearly right.

The Chinese habit decides the order: strict UTF-8 wins when it yields characters no other set would, GB18030
stands for all its subsets (mailers declare GB2312 and write GBK), and what looks like neither is guessed.
"""

from __future__ import annotations

import codecs
import re

from charset_normalizer import from_bytes

from huiying.channels.adapters.mail.letter import Oddity

# What is declared -> what is meant: each a superset of the declared set (WHATWG encoding standard).
SUPERSETS = {
    "gb2312": "gb18030",
    "gbk": "gb18030",
    "gb18030": "gb18030",
    "big5": "big5hkscs",
    "euc_kr": "cp949",
    "shift_jis": "cp932",
    "ascii": "cp1252",
    "iso8859-1": "cp1252",
    "iso8859-9": "cp1254",
}
NICKNAMES = {
    "gb_2312-80": "gb18030",
    "csgb2312": "gb18030",
    "x-gbk": "gb18030",
    "cn-gb": "gb18030",
    "gb18030-2022": "gb18030",
    "utf8mb4": "utf-8",
    "unicode-1-1-utf-8": "utf-8",
    "x-sjis": "cp932",
    "windows-31j": "cp932",
    "ks_c_5601-1987": "cp949",
    "iso-8859-8-i": "iso8859-8",
    "x-mac-roman": "mac_roman",
    "unicode-1-1-utf-7": "utf-7",
    "x-unicode-2-0-utf-7": "utf-7",
}
SINGLE_BYTE_LATIN = {"cp1252", "cp1254"}
SAMPLE = 20_000  # bytes shown to the guesser: its work grows faster than the text
NOT_ASCII = re.compile("[^\x00-\x7f]")
BESIDE_LATIN = re.compile("[A-Za-z][\u00c0-\u024f]|[\u00c0-\u024f][A-Za-z]")
UNWANTED = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ud800-\udfff]")  # also what no database stores


def decode(raw: bytes, declared: str, found: set[Oddity]) -> str:
    """Return the text of `raw`, whatever `declared` says, noting in `found` what had to be guessed."""
    return UNWANTED.sub("", _decoded(raw, codec(declared), found))


def codec(declared: str) -> str:
    """Return the Python codec meant by a declared character set, or "" for an unknown one."""
    wanted = declared.strip().strip("'\"").lower()
    wanted = NICKNAMES.get(wanted, wanted)
    try:
        name = codecs.lookup(wanted).name
        "".encode(name)  # refuses codecs that do not make text: hex, zip, rot13 …
    except (LookupError, ValueError):
        return ""
    if name in {"idna", "punycode", "raw_unicode_escape", "unicode_escape", "undefined"}:
        return ""
    return SUPERSETS.get(name, name)


def _decoded(raw: bytes, meant: str, found: set[Oddity]) -> str:
    if not meant and raw.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        return raw.decode("utf-16", "replace")
    if raw.isascii():
        return _seven_bit(raw, meant)
    text = _strict(raw, "utf-8-sig")
    if text is not None and (meant == "utf-8" or _surely_utf_8(text, meant)):
        if meant not in {"utf-8", ""}:
            found.add(Oddity.CHARSET)
        return text
    if meant and not (meant in SINGLE_BYTE_LATIN and looks_chinese(raw)):
        text = _strict(raw, meant)
        if text is not None:
            return text
    return _guessed(raw, meant, found)


def _seven_bit(raw: bytes, meant: str) -> str:
    if b"\x1b$" in raw:
        return _escaped_japanese(raw)
    if meant in {"utf-7", "hz"}:
        return raw.decode(meant, "replace")
    if meant.startswith(("utf-16", "utf-32", "utf_16", "utf_32")) and b"\0" in raw:
        return raw.decode(meant, "replace")
    return raw.decode("ascii")


def _escaped_japanese(raw: bytes) -> str:
    text = _strict(raw, "iso2022_jp_2") or _strict(raw.replace(b"\x1b$B", b"\x1b$(Q"), "iso2022_jp_2004")
    return text if text is not None else raw.decode("iso2022_jp_2", "replace")


def _strict(raw: bytes, name: str) -> str | None:
    try:
        return raw.decode(name)
    except UnicodeError:
        return None


def _surely_utf_8(text: str, meant: str) -> bool:
    """Judge text that is valid UTF-8 but not declared so.

    A character of three bytes is never chance. Of two bytes, one Chinese character in five is valid by
    chance, so three are not; one or two count where they stand beside a Latin letter, as in Müller.
    """
    foreign = NOT_ASCII.findall(text)
    if any(char >= "\u0800" for char in foreign):
        return True
    if meant and meant not in SINGLE_BYTE_LATIN:
        return False
    return len(foreign) >= 3 or bool(BESIDE_LATIN.search(text))


def looks_chinese(raw: bytes) -> bool:
    """Tell GB text from Western text: its high bytes pair up to common characters and punctuation."""
    text = raw[:SAMPLE].decode("gb18030", "replace")
    foreign = [char for char in text if char >= "\u0080"]
    common = sum(1 for char in foreign if _is_common(char))
    return bool(foreign) and common >= 0.8 * len(foreign)


def _is_common(char: str) -> bool:
    try:
        pair = char.encode("gb2312")
    except UnicodeError:
        return False
    return len(pair) == 2 and (0xB0 <= pair[0] <= 0xD7 or pair[0] in (0xA1, 0xA3))


def _guessed(raw: bytes, meant: str, found: set[Oddity]) -> str:
    found.add(Oddity.CHARSET)
    if looks_chinese(raw):
        return _mostly(raw, "gb18030", found)
    if meant:
        text = raw.decode(meant, "replace")
        if text.count("\ufffd") * 20 <= len(text):
            found.add(Oddity.BROKEN_TEXT)
            return text
    best = from_bytes(raw[:SAMPLE]).best()
    return _mostly(raw, best.encoding if best else meant or "gb18030", found)


def _mostly(raw: bytes, name: str, found: set[Oddity]) -> str:
    text = raw.decode(name, "replace")
    if "\ufffd" in text:
        found.add(Oddity.BROKEN_TEXT)
    return text
