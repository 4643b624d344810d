"""The words a policy may look at. The apps that fill in situations teach their codes here, by `huiying.wiring`."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from huiying.journal.verbs import REGISTER, Verb
from huiying.kit.guards import Sentence


@dataclass(frozen=True, kw_only=True)
class Word:
    """One word of a situation, such as the kind of case, with the codes it may have and how they read."""

    label: Sentence
    codes: Sequence[tuple[str, Sentence]]


_words: dict[str, Word] = {}
_deeds: list[str] = []


def teach(words: Mapping[str, Word], deeds: Sequence[Verb]) -> None:
    """Make the words of situations known, and the verbs that may start, reset or end a clock."""
    _words.clear()
    _words.update(words)
    _deeds[:] = [verb.code for verb in deeds]


def known_words() -> Mapping[str, Word]:
    return _words


def known_deeds(*, besides: Sequence[str] = ()) -> list[tuple[str, str]]:
    """Return the verbs to choose from with their sentences, and `besides` those that a policy names already."""
    return [(code, deed_reads(code)) for code in dict.fromkeys([*_deeds, *besides])]


def deed_reads(code: str) -> str:
    """Return how a verb reads without its facts; one that no part of the system declares yet as its code."""
    verb = REGISTER.get(code)
    return verb.tell({}) if verb else code


def conditions_read(conditions: Mapping[str, Sequence[str]]) -> list[tuple[str, str]]:
    """Return each condition as a label and the values it allows."""
    return [(label(word), read(word, codes)) for word, codes in conditions.items()]


def label(word: str) -> str:
    return str(_words[word].label) if word in _words else word


def read(word: str, codes: Sequence[str]) -> str:
    names = dict(_words[word].codes) if word in _words else {}
    return ", ".join(str(names.get(code, code)) for code in codes)
