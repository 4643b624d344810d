"""The new words of an answer: without the mail it quotes and without the signature.

Lines are looked at one by one, each only at its beginning, so that no text can make this slow. Known are the
ways of QQ, Foxmail, NetEase, Outlook, Gmail, Apple and their like, in Chinese and some European languages.
"""

from __future__ import annotations

import re

LONGEST_TEXT = 1_000_000  # characters
LONGEST_LINE = 400  # characters of a line that are looked at
HEADER_BLOCK = 6  # lines

SEPARATOR = re.compile(
    r"[>\s]*[-_—=*]{2,}[\s\xa0]*(?:原始邮件|原邮件|邮件原件|原始邮件信息|原始郵件|原郵件|转发邮件信息|回复的原邮件|回复的邮件"
    r"|original message|original mail|original|originalnachricht|ursprüngliche nachricht|message d'origine"
    r"|reply message|mensaje original)[\s\xa0]*[-_—=*]{2,}[\s\xa0]*",
    re.IGNORECASE,
)
WROTE = re.compile(
    r"(?:写道|寫道|写到|寫到|wrote|schrieb(?: .{0,80})?|a écrit|escribió|schreef|ha scritto|napsal\(a\))"
    r"[\s\xa0]*[:：]?$",
    re.IGNORECASE,
)
WROTE_BEGINS = re.compile(
    r"(?:在|于|於|at|on|am|le|el|op|il|dne)[\s\xa0]*.{0,40}\d|.{0,120}(?:于|於|在)[\s\xa0]*\d{2,4}[\s\xa0]*[年/-]"
    r"|.{0,160}<[^<>\s]{1,100}@[^<>\s]{1,100}>|\d{4}[-/.年]",
    re.IGNORECASE,
)
LABEL = re.compile(
    r"[\s\xa0*|]*(发件人|发件时间|发送日期|发送时间|收件人|抄送人?|主题|日期|寄件者|寄件日期|收件者|副本|主旨"
    r"|from|sent|date|to|cc|subject|von|gesendet|an|betreff|datum|de|envoyé|à|objet)[\s\xa0*]*[:：]",
    re.IGNORECASE,
)
SENDER_LABELS = {"发件人", "寄件者", "from", "von", "de"}
SIGNATURE = re.compile(r"--[\s\xa0]*")
SENT_FROM = re.compile(
    r"(?:(?:发自|發自|来自|來自|传送自|傳送自)[\s\xa0]*(?:我的|于我的|於我的)?.{1,40}"
    r"|(?:sent from|get outlook for|sent via|von meinem|envoyé de mon|gesendet von).{1,60}"
    r"|(?:从|使用).{1,20}(?:手机|邮箱|大师|outlook|iphone|android).{0,20}(?:发送|获取|发出)?)",
    re.IGNORECASE,
)
RULE = re.compile(r"[\s\xa0]*[-_—=*]{4,}[\s\xa0]*")


def new_words(text: str) -> str:
    """Return what the sender wrote anew; a mail that only quotes or forwards is returned whole."""
    lines = text[:LONGEST_TEXT].split("\n")
    kept = _before_signature(_unquoted(lines))
    return "\n".join(kept).strip() or text.strip()


def _unquoted(lines: list[str]) -> list[str]:
    kept: list[str] = []
    number = 0
    while number < len(lines):
        line = lines[number][:LONGEST_LINE].strip()
        length = 0 if not line else _introduction(lines, number)
        if length:
            number += length
            if not _next_is_marked(lines, number):
                break
            continue
        if not line.startswith((">", "＞")):
            kept.append(lines[number].rstrip())
        number += 1
    return kept


def _introduction(lines: list[str], number: int) -> int:
    """Return how many lines from here introduce a quotation: 0 when none do."""
    line = lines[number][:LONGEST_LINE].strip()
    if SEPARATOR.fullmatch(line):
        return 1
    if _heads_a_block(lines, number):
        return HEADER_BLOCK
    if not WROTE_BEGINS.match(line):
        return 0
    joined = line
    for length in range(1, 4):
        if WROTE.search(joined[-LONGEST_LINE:]):
            return length
        if number + length >= len(lines) or not lines[number + length].strip():
            return 0
        joined += " " + lines[number + length][:LONGEST_LINE].strip()
    return 0


def _heads_a_block(lines: list[str], number: int) -> bool:
    """Tell the header lines of a quoted mail: its sender, then two more labels close by."""
    first = LABEL.match(lines[number][:LONGEST_LINE])
    if not first or first[1].lower() not in SENDER_LABELS:
        return False
    followers = [LABEL.match(line[:LONGEST_LINE]) for line in lines[number + 1 : number + HEADER_BLOCK + 2]]
    return len({match[1].lower() for match in followers if match}) >= 2


def _next_is_marked(lines: list[str], number: int) -> bool:
    """Tell a quotation marked line by line, with room for answers, from one that runs to the end."""
    following = next((line for line in lines[number : number + 5] if line.strip()), "")
    return following.lstrip().startswith((">", "＞"))


def _before_signature(lines: list[str]) -> list[str]:
    for number, line in enumerate(lines):
        if number and SIGNATURE.fullmatch(line) and len(lines) - number <= 30:
            return lines[:number]
    end = len(lines)
    while end > 1 and _is_farewell(lines[end - 1][:LONGEST_LINE].strip()):
        end -= 1
    return lines[:end]


def _is_farewell(line: str) -> bool:
    return not line or bool(RULE.fullmatch(line) or SENT_FROM.fullmatch(line))
