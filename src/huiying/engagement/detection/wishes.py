"""Wishes in what was said: a phrase of wanting near a product word, in one sentence, and not denied.

The rules: a sentence ends at 。！？；… or a new line. A wish is one of WISHES at most NEAR characters from a product
word. It is denied by one of DENIALS in front of it within the same clause, unless the denial is itself denied
(“不是不需要”), and by words that take it back behind it or at the start of the next sentence (“需要吗？不用了”).
Sentences about a grievance (refunds, repairs, delays) are no wishes to buy. “有没有”, “能不能”, “要不要” ask; their
不 and 没 deny nothing.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from huiying.kit.text import HAN, folded

NEAR = 20
LONGEST_QUOTE = 160
WISHES = (
    *(
        "想要",
        "想买",
        "想换",
        "想加",
        "想再",
        "想了解",
        "需要",
        "有没有",
        "能不能",
        "能否",
        "可不可以",
        "希望",
        "打算",
        "计划",
    ),
    *("考虑", "预算", "扩容", "升级", "增购", "加购", "追加", "加装", "再买", "再订", "续订", "续费", "报价", "多少钱"),
    *("感兴趣", "要不要", "需不需要", "想不想", "采购"),
)
DENIALS = ("不", "没", "没有", "无", "无需", "别", "勿", "未", "暂不", "拒绝", "取消", "放弃", "毫无")
TAKEN_BACK = ("不用了", "不需要", "不要了", "算了", "没有兴趣", "不考虑", "取消")
NO_MONEY = ("不足", "不够", "有限", "砍", "用完", "没了", "没批", "紧张")
GRIEVANCES = (
    *(
        "退款",
        "退货",
        "退钱",
        "赔偿",
        "投诉",
        "差评",
        "维修",
        "修好",
        "返修",
        "修理",
        "坏了",
        "故障",
        "尽快发货",
        "道歉",
    ),
    *("催", "曝光", "召回", "漏水", "不制冷", "检修"),
)
_QUESTIONS = re.compile("有没有|能不能|要不要|可不可以|需不需要|是不是|想不想|行不行|好不好|会不会")
_DOUBLE = re.compile("(?:不是|并非|没有|不得|不能|不会)不")
_SENTENCE = re.compile(r"[^。！？!?；;…\n]+[。！？!?；;…]*")
_CLAUSE = re.compile(r"[，,：:、\s]")
_WISH = re.compile("|".join(sorted(map(re.escape, WISHES), key=len, reverse=True)))
_DENIED = re.compile(f"(?:{'|'.join(sorted(DENIALS, key=len, reverse=True))})(?:[{HAN}]{{0,3}})$")
_NAME = re.compile(f"[{HAN}]{{2,}}")


@dataclass(frozen=True)
class Wish:
    """A sentence in which the customer wants a product, as it was written."""

    product: str
    phrase: str
    quote: str


def wishes(text: str, products: Iterable[str], *, general: Iterable[str] = ()) -> list[Wish]:
    """Return the wishes said in a text about these products, one for each; without one, about a general word."""
    own = {name: names_of(name) for name in products if name.strip()}
    others = {name: names_of(name) for name in general if name.strip()}
    found: dict[str, Wish] = {}
    said = sentences(text)
    for sentence, following in zip(said, [*said[1:], ""], strict=True):
        if folded(following).strip().startswith(TAKEN_BACK):
            continue
        words = folded(sentence)
        wanted = list(wanted_in(words, own)) or list(wanted_in(words, others))[:1]
        for product, phrase in wanted:
            found.setdefault(product, Wish(product, phrase, sentence.strip()[:LONGEST_QUOTE]))
    return list(found.values())


def sentences(text: str) -> list[str]:
    return [match.group() for match in _SENTENCE.finditer(text)]


def names_of(product: str) -> tuple[str, ...]:
    """Return how people call it: the whole name, and its Chinese part without the model."""
    whole = folded(product).strip()
    chinese = max(_NAME.findall(whole), key=len, default="")
    return tuple(dict.fromkeys(name for name in (whole, chinese) if len(name) > 1))


def wanted_in(sentence: str, words: dict[str, tuple[str, ...]]) -> Iterator[tuple[str, str]]:
    """Yield product and phrase; a product named by a longer word hides the general word inside it."""
    if any(word in sentence for word in GRIEVANCES):
        return
    phrases = [match for match in _WISH.finditer(sentence) if not is_denied(sentence, match)]
    if not phrases:
        return
    taken: list[tuple[int, int]] = []
    for product, name in sorted(named(words), key=lambda pair: len(pair[1]), reverse=True):
        place = sentence.find(name)
        span = (place, place + len(name))
        if place < 0 or any(start <= span[0] and span[1] <= end for start, end in taken):
            continue
        taken.append(span)
        near = next((one for one in phrases if distance(one.span(), span) <= NEAR), None)
        if near is not None:
            yield product, near.group()


def named(words: dict[str, tuple[str, ...]]) -> list[tuple[str, str]]:
    return [(product, name) for product, names in words.items() for name in names]


def distance(one: tuple[int, int], other: tuple[int, int]) -> int:
    """Return how many characters lie between two spans."""
    return max(other[0] - one[1], one[0] - other[1], 0)


def is_denied(sentence: str, wish: re.Match[str]) -> bool:
    """Say whether the wish is taken back in front of it, in its clause, or behind it in the sentence."""
    behind = _QUESTIONS.sub("＿", sentence[wish.start() :])
    if any(word in behind for word in TAKEN_BACK):
        return True
    if wish.group() == "预算" and any(word in behind for word in NO_MONEY):
        return True
    if _QUESTIONS.fullmatch(wish.group()):
        return False
    before = _CLAUSE.split(sentence[: wish.start()])[-1]
    before = _DOUBLE.sub("", _QUESTIONS.sub("", before))
    return _DENIED.search(before) is not None
