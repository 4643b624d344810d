"""Verbs: what can happen, each declared once with the sentence a timeline shows."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

from django.utils import translation

from huiying.kit.guards import Sentence

REGISTER: dict[str, Verb] = {}


@dataclass(frozen=True)
class Verb:
    """One kind of deed. `code` is a stable word; `sentence` may name facts in braces, e.g. "{name} joined".

    `words` says how a fact that is kept as a code reads, e.g. `{"tier": tier_name}`: facts know no language.
    `loud` draws it as a warning. `guarded` names facts that only the holders of a power may see, e.g. amounts of money.
    """

    code: str
    sentence: Sentence
    loud: bool = False
    words: Mapping[str, Callable[[Any], Sentence]] = field(default_factory=dict, compare=False)
    guarded: Mapping[str, str] = field(default_factory=dict, compare=False)

    def __post_init__(self) -> None:
        if self.code in REGISTER:
            raise ValueError(f"The verb {self.code} is declared twice.")
        REGISTER[self.code] = self

    def __str__(self) -> str:
        return self.code

    def tell(self, facts: Mapping[str, object]) -> str:
        """Return the sentence in the reader's language; a fact that is missing shows as "…"."""
        read = {name: self.words[name](fact) if name in self.words else fact for name, fact in facts.items()}
        return str(self.sentence).format_map(_Facts(read))


class _Facts(dict[str, object]):
    """Facts by name; a reader of English is told `name_en` for {name} where there is one."""

    def __getitem__(self, key: str) -> object:
        if (translation.get_language() or "").startswith("en") and self.get(f"{key}_en"):
            return super().__getitem__(f"{key}_en")
        return super().__getitem__(key)

    def __missing__(self, key: str) -> str:
        return "…"


def verb_of(code: str) -> Verb | None:
    """Return the declared verb, or None for one that an older version wrote."""
    return REGISTER.get(code)


def verbs_perhaps_saying(word: str) -> list[str]:
    """Return the codes of those whose sentence has the word in it, or may have: codes are read out where it is told."""
    wanted = word.casefold()
    return [verb.code for verb in REGISTER.values() if verb.words or wanted in str(verb.sentence).casefold()]
