"""The matrix as a page draws and reads it: a line for each event and relation, a box for each road."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass

from django.http import QueryDict

from huiying.kit.guards import Sentence
from huiying.notifications.habits import Habits
from huiying.notifications.matrix import ASKED, Cell, Event, Road, Roads


@dataclass(frozen=True)
class Box:
    """One box to tick; `locked` is always ticked, `departs` differs from the defaults."""

    road: str
    label: str
    ticked: bool
    locked: bool
    departs: bool


@dataclass(frozen=True)
class Line:
    """One line of boxes; `title` is empty where it goes on with the event of the line above."""

    cell: Cell
    title: Sentence
    boxes: Sequence[Box]


def lines(habits: Habits, roads: Collection[Road], *, base: Habits | None = None) -> list[Line]:
    """Return the lines to draw; with `base`, what differs from it is marked."""
    return [
        Line(cell, event.label if place == 0 else "", [box(cell, road, habits, base or habits) for road in roads])
        for event in Event
        for place, cell in enumerate(Cell(event, relation) for relation in ASKED[event])
    ]


def box(cell: Cell, road: Road, habits: Habits, base: Habits) -> Box:
    ticked = road in habits.over(cell)
    return Box(road.value, str(road.label), ticked, road in cell.always, ticked != (road in base.over(cell)))


def read(sent: QueryDict, before: Habits, roads: Collection[Road]) -> Roads:
    """Return the matrix as it was sent; of roads that were not drawn, what held before."""
    drawn = {road.value for road in roads}
    return {code: (frozenset(sent.getlist(code)) & drawn) | (chosen - drawn) for code, chosen in before.roads.items()}
