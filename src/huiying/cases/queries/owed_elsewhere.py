"""What people owe in the apps above cases: the wiring installs the sources, the desk shows their lines."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from datetime import datetime
from typing import Protocol

from huiying.kit.guards import Sentence
from huiying.staff.actors import StaffActor


class Line(Protocol):
    """What the desk needs of a line, whichever app it comes from; `since` orders those without a deadline."""

    @property
    def code(self) -> str: ...
    @property
    def icon(self) -> str: ...
    @property
    def what(self) -> Sentence: ...
    @property
    def about(self) -> str: ...
    @property
    def due_at(self) -> datetime | None: ...
    @property
    def since(self) -> datetime: ...
    @property
    def button(self) -> Sentence: ...
    @property
    def form(self) -> str: ...
    @property
    def address(self) -> str: ...
    @property
    def at_once(self) -> bool: ...


Source = Callable[[StaffActor, datetime], Iterable[Line]]
_sources: tuple[Source, ...] = ()


def install(sources: Iterable[Source]) -> None:
    """Make known what people owe in the apps above; each source may spend one statement."""
    global _sources  # noqa: PLW0603 — installed once, when the program starts
    _sources = tuple(sources)


def owed_elsewhere(by: StaffActor, at: datetime) -> Iterator[Line]:
    """Yield the lines of all sources."""
    for source in _sources:
        yield from source(by, at)
