"""A matter: one kind of thing customers come with, in words to choose from. Braces are filled by the telling."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, kw_only=True)
class Remedy:
    """What may be given: `share` of the order's amount, or between `least` and `most`, in yuan."""

    kind: str
    detail: str
    share: float = 0
    least: int = 0
    most: int = 0


@dataclass(frozen=True, kw_only=True)
class Matter:
    """`weight` is how often it comes; `groups` of products it happens to (none: any)."""

    kind: str
    category: str
    weight: int
    subjects: tuple[str, ...]
    happened: tuple[str, ...]
    wishes: tuple[str, ...]
    facts: tuple[str, ...]
    root_causes: tuple[str, ...]
    department: str
    offers: tuple[str, ...]
    remedies: tuple[Remedy, ...] = ()
    actions: tuple[tuple[str, str], ...] = ()
    groups: tuple[str, ...] = ()
    heat: float = 0.3  # how often the customer is angry
