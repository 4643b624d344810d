"""Whether a record of contact says anything (SPEC B3): who spoke, about what, what the customer said, what follows.

Pure rules, in the order they are asked. A record is hollow when

1. nothing is written;
2. it is one sign or one piece over and over, or holds no words at all;
3. it only greets;
4. nothing is left once stock phrases are taken out (「已沟通」「跟进中」「客户满意」「ok」 and their like), or so
   little that nobody could know a month later what was spoken of: fewer than eight signs of weight, where a Han
   character weighs one, a Latin word two, and a number one;
5. it repeats the customer's last record: the same but for signs and spaces, or nearly the same with the same numbers.

What is said of the customer and of the next step counts, wherever it is written.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from difflib import SequenceMatcher
from enum import Enum
from functools import lru_cache

from django.utils.translation import gettext_lazy as _

from huiying.engagement.stock_phrases import FILLERS, GREETINGS, STOCK
from huiying.kit.guards import Sentence
from huiying.kit.text import HAN, folded

LEAST_WEIGHT = 8
LEAST_DISTINCT = 5
ALIKE = 0.95
COMPARED = 2_000  # signs of a record that are compared with the last one

_WORDS = re.compile(rf"[{HAN}]|[a-z][a-z']+|[a-z]|\d+")
_WORDLESS = re.compile(rf"[^{HAN}a-z0-9]+")
_SAME_PIECE = re.compile(r"(.{1,12}?)\1+.{0,11}", re.DOTALL)
_NUMBERS = re.compile(r"\d+")

_SOMEBODY = re.compile(
    rf"客户|对方|[他她]们?[说问要想嫌]|老板|负责人|采购|财务|前台|家属|本人|[{HAN}](?:总|工|经理|主任|女士|先生|小姐|老师|姐|哥|店长|厂长|院长|科长|处长|会计|师傅|医生|阿姨|太太)"
    r"|\b(?:mr|mrs|ms|miss|dr|customer|client|buyer|owner|they|he|she)\b"
)
_SAID = re.compile(
    r"说|问|要|希望|表示|反映|反馈|认为|觉得|同意|答应|确认|嫌|想|需要|需求|投诉|抱怨|建议|担心|拒绝|不满|满意|介意|提出|提到|催|称|告知|决定|考虑|打算|计划|看中|试用|用完|坏"
    r"|\b(?:said|says|asked|asks|wants?|wanted|needs?|needed|complain\w*|agreed|confirmed|wishes|prefers?|refused|mentioned)\b"
)
_FOLLOWS = re.compile(
    r"[今明后]天|[今明后]日|下[周月季午]|本周|周[一二三四五六日天末]|星期|礼拜|月底|月初|月前|日前|号前|\d+[日号月]|之前|报价|回复|回电|再[联打约谈议]|寄|安排|约|上门|发[给送货过]|送|跟进|转|准备|提供|补|下单|签|无需|不用"
    r"|\b(?:will|by|until|before|next|send|call|quote|visit|tomorrow)\b"
    r"|\b(?:monday|tuesday|wednesday|thursday|friday|no further)\b"
)


@dataclass(frozen=True, kw_only=True)
class Record:
    """What somebody writes of a contact; `who` are the person and participants that are named beside it."""

    content: str
    feedback: str = ""
    next_step: str = ""
    who: str = ""

    @property
    def text(self) -> str:
        return folded(f"{self.content}\n{self.feedback}\n{self.next_step}")


class Part(Enum):
    """What a colleague needs to read in a month."""

    WHO = "who"
    MATTER = "matter"
    SAID = "said"
    FOLLOWS = "follows"

    @property
    def label(self) -> Sentence:
        return LABELS[self]


LABELS = {
    Part.WHO: _("who was spoken with"),
    Part.MATTER: _("about what"),
    Part.SAID: _("what the customer said"),
    Part.FOLLOWS: _("what follows, by when"),
}


@dataclass(frozen=True)
class Verdict:
    """`problem` says why the record is refused, "" when it stands; `told` are the parts that it tells."""

    problem: Sentence
    told: frozenset[Part]

    @property
    def is_hollow(self) -> bool:
        return bool(self.problem)

    @property
    def missing(self) -> list[Part]:
        return [part for part in Part if part not in self.told]

    @property
    def parts(self) -> list[tuple[Part, bool]]:
        """Each part with whether it is told, for the list beside the form."""
        return [(part, part in self.told) for part in Part]


def judge(record: Record, *, last: str = "") -> Verdict:
    """Say whether the record says anything. `last` is the text of the customer's last record."""
    return Verdict(problem_of(record, last=last), frozenset(told(record)))


def problem_of(record: Record, *, last: str = "") -> Sentence:
    """Return why the record is hollow, "" when it stands: what imports ask of millions."""
    return next(problems(record, last), "")


def problems(record: Record, last: str) -> Iterator[Sentence]:
    text = record.text
    left = remainder(text)
    if not text.strip():
        yield _("Please write what was spoken of.")
    if is_repetition(text):
        yield _("These are the same signs over and over; please write what was spoken of.")
    if not left and is_greeting(text):
        yield _("A greeting alone is no record; what did the customer say to it?")
    if weight(left) < LEAST_WEIGHT:
        yield _("In a month nobody will know from this what was spoken of.")
    if last and is_copy(text, folded(last)):
        yield _("This repeats the customer's last record; what was new this time?")


def told(record: Record) -> Iterator[Part]:
    text = record.text
    left = remainder(text)
    if record.who.strip() or _SOMEBODY.search(text):
        yield Part.WHO
    if weight(left) >= LEAST_WEIGHT // 2 and not is_repetition(text):
        yield Part.MATTER
    if weight(remainder(folded(record.feedback))) >= 2 or (_SAID.search(left) and weight(left) >= LEAST_WEIGHT // 2):
        yield Part.SAID
    if weight(folded(record.next_step)) >= 2 or _FOLLOWS.search(left):
        yield Part.FOLLOWS


@lru_cache(maxsize=64)  # the rules ask for the same text several times
def remainder(text: str) -> str:
    """Return what is left of a folded text without greetings, stock phrases and filling words."""
    for phrases in (GREETINGS, STOCK, FILLERS):
        text = phrases.sub("\n", text)
    return _WORDLESS.sub(" ", text).strip()


def weight(text: str) -> int:
    """Return how much a folded text says at most: Han characters and numbers one each, Latin words two."""
    words: list[str] = _WORDS.findall(text)
    return sum(2 if word[0].isascii() and word.isalpha() and len(word) > 1 else 1 for word in words)


def is_repetition(text: str) -> bool:
    """Say whether the text is one piece over and over, or uses hardly any different signs."""
    signs = _WORDLESS.sub("", text)
    if len(signs) < LEAST_DISTINCT:
        return bool(text.strip()) and len(set(signs)) <= 1
    return len(set(signs)) < LEAST_DISTINCT or _SAME_PIECE.fullmatch(signs) is not None


def is_greeting(text: str) -> bool:
    return GREETINGS.search(text) is not None


def is_copy(text: str, last: str) -> bool:
    mine, theirs = (_WORDLESS.sub("", each)[:COMPARED] for each in (text, last))
    if mine == theirs:
        return True
    if _NUMBERS.findall(mine) != _NUMBERS.findall(theirs):
        return False  # the same meter read again, a month later
    matcher = SequenceMatcher(None, mine, theirs, autojunk=False)
    return matcher.real_quick_ratio() >= ALIKE and matcher.quick_ratio() >= ALIKE and matcher.ratio() >= ALIKE
