"""What detection finds, with the figures behind it, and how surprising a burst is."""

from __future__ import annotations

from dataclasses import dataclass
from math import exp

NOBODY_YET = 0.5  # what is expected of a matter nobody has spoken of: half a person in the time looked back on


@dataclass(frozen=True, kw_only=True)
class Joining:
    """A report that speaks of a known matter."""

    key: int
    matter: str
    likeness: float


@dataclass(frozen=True, kw_only=True)
class Emergence:
    """A burst of alike reports: the keys with their likeness to the newest, and how unusual so many people are.

    `expected` is how many people such a time usually brings, `chance` how likely so many are by mere chance.
    """

    members: dict[int, float]
    people: int
    expected: float
    chance: float
    words: tuple[str, ...]
    marks: tuple[str, ...]
    days: int
    looked_back_days: int


Finding = Joining | Emergence


def chance_of(people: int, expected: float) -> float:
    """Return how likely `people` or more are where `expected` are usual: the upper tail of Poisson's distribution."""
    term, below = exp(-expected), 0.0
    for count in range(people):
        below += term
        term *= expected / (count + 1)
    return max(0.0, 1.0 - below)


def expected_people(before: int, *, days: float, looked_back: float) -> float:
    """Return how many people a time of so many days usually brings, after so many in the time looked back on."""
    return (before + NOBODY_YET) * days / looked_back
