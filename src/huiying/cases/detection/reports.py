"""A case as detection reads it: who said it when, in which terms, and about what."""

from __future__ import annotations

import re
from array import array
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from math import log, sqrt

from huiying.kit.text import HAN, folded

_RUNS = re.compile(rf"[{HAN}]+|[a-z0-9][a-z0-9-]*[a-z0-9]")
_BATCH = re.compile(r"批[次号]\s*(?:为|是|[:：])?\s*([a-z0-9][a-z0-9-]{3,19})")
FEWEST_FOR_COMMON = 25
COMMON_SHARE = 0.05
COMMON_AT_MOST = 400


@dataclass(frozen=True, kw_only=True)
class Told:
    """What one case tells, in words. `person` is whoever said it: the same person twice counts once."""

    key: int
    at: datetime
    person: str
    subject: str
    text: str
    product: str = ""
    place: str = ""
    category: str = ""


@dataclass(frozen=True, slots=True)
class Report:
    """What one case tells, as numbers of a vocabulary's terms; `marks` name its batch, product and place."""

    key: int
    at: datetime
    person: str
    subject: frozenset[int]
    terms: array[int]
    marks: tuple[str, ...]


def terms_of(text: str) -> set[str]:
    """Return the distinct terms of a text: runs of two Han characters, and whole Latin words and numbers."""
    found: set[str] = set()
    for run in _RUNS.findall(folded(text)):
        found.update([run] if run.isascii() else (run[i : i + 2] for i in range(len(run) - 1)))
    return found


def marks_of(told: Told) -> tuple[str, ...]:
    """Return what a burst may hang on besides its words: batch, product and place, each with the category.

    A batch is read from the words, as customers copy it from the pack: 批号：L2503-11.
    """
    batch = _BATCH.search(folded(told.text))
    marks = [f"batch:{batch.group(1)}"] if batch else []
    for name, value in (("product", told.product), ("place", told.place)):
        if value.strip() and told.category:
            marks.append(f"{name}:{folded(value).strip()}|{told.category}")
    return tuple(marks)


@dataclass
class Vocabulary:
    """How many reports hold each term: rare terms tell matters apart."""

    numbers: dict[str, int] = field(default_factory=dict)
    held_by: Counter[int] = field(default_factory=Counter)
    reports: int = 0

    def learn(self, terms: Iterable[str]) -> list[int]:
        """Count the terms of one more report; return their numbers, rising."""
        self.reports += 1
        numbers = sorted(self.numbers.setdefault(term, len(self.numbers)) for term in terms)
        self.held_by.update(numbers)
        return numbers

    def is_common(self, term: int) -> bool:
        """Say whether so many reports hold the term that it tells nothing apart."""
        return self.held_by[term] > self.common_from

    @property
    def common_from(self) -> float:
        return min(max(FEWEST_FOR_COMMON, COMMON_SHARE * self.reports), COMMON_AT_MOST)

    def weight(self, term: int) -> float:
        """Return the inverse document frequency (Spärck Jones 1972)."""
        return log((self.reports + 1) / (self.held_by[term] + 0.5))

    def weight_of(self, terms: Iterable[int]) -> float:
        return sum(self.weight(term) for term in terms)


def report_of(told: Told, vocabulary: Vocabulary) -> Report:
    """Read one case; the vocabulary learns from it."""
    subject = terms_of(told.subject)
    numbers = vocabulary.learn(subject | terms_of(told.text))
    known = frozenset(vocabulary.numbers[term] for term in subject)
    return Report(told.key, told.at, told.person, known, array("I", numbers), marks_of(told))


def likeness(one: Report, other: Report, vocabulary: Vocabulary) -> float:
    """Return 0 … 1: how much of each one's subject, by weight, the other one's words hold (geometric mean)."""
    return sqrt(share_held(one, other, vocabulary) * share_held(other, one, vocabulary))


def share_held(one: Report, other: Report, vocabulary: Vocabulary) -> float:
    telling = [term for term in one.subject if not vocabulary.is_common(term)]
    whole = vocabulary.weight_of(telling)
    return vocabulary.weight_of(set(other.terms).intersection(telling)) / whole if whole else 0.0


def words_shared(reports: Sequence[Report], vocabulary: Vocabulary, *, at_most: int = 5) -> list[str]:
    """Return the telling words of the subjects that most of the reports hold, first what most hold; runs are joined."""
    held = Counter(term for report in reports for term in report.terms)
    named = Counter(term for report in reports for term in report.subject)
    telling = [
        term
        for term in named
        if held[term] * 2 > len(reports) and vocabulary.held_by[term] - held[term] <= vocabulary.common_from
    ]
    ranked = sorted(telling, key=lambda term: (held[term] * named[term], vocabulary.weight(term), term), reverse=True)
    spelled = {number: term for term, number in vocabulary.numbers.items() if number in named}
    return joined([spelled[number] for number in ranked[: 6 * at_most]])[:at_most]


def joined(terms: Sequence[str]) -> list[str]:
    """Join overlapping runs of two characters to words: 伊景, 景园 → 伊景园; the order of the first ones stays."""
    left, words = list(terms), []
    while left:
        word = left.pop(0)
        while (after := next((term for term in left if overlaps(word, term)), None)) is not None:
            left.remove(after)
            word += after[1:]
        while (before := next((term for term in left if overlaps(term, word)), None)) is not None:
            left.remove(before)
            word = before[0] + word
        words.append(word)
    return words


def overlaps(one: str, other: str) -> bool:
    is_run = 2 in (len(one), len(other)) and not (one.isascii() or other.isascii())
    return is_run and one[-1] == other[0]
