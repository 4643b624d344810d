"""A second way to reckon, as plain as can be: minute by minute and day by day over a table of open minutes.

It shares no line with the engine. Days come from the `chinesecalendar` package, hours from the table below, moments
are whole minutes since FIRST, and there is one zone without summer time. Slow, and meant to be.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from functools import cache

from chinese_calendar import is_workday

FIRST, LAST = date(2023, 1, 1), date(2027, 12, 31)
DAY = 24 * 60
HOURS = {
    "office": ((540, 720), (810, 1080)),  # 09:00-12:00, 13:30-18:00
    "plain": ((540, 1080),),  # 09:00-18:00
    "early": ((510, 1050),),  # 08:30-17:30
    "shifts": ((480, 690), (750, 1020), (1110, 1290)),  # 08:00-11:30, 12:30-17:00, 18:30-21:30
    "night": ((0, 360), (1200, 1440)),  # 00:00-06:00, 20:00-24:00
    "whole": ((0, 1440),),  # 00:00-24:00
}


@dataclass(frozen=True)
class Step:
    """Something that happens on the way: a word, its moments, and what it changes."""

    word: str
    at: int
    until: int = 0
    value: str = ""


@dataclass(frozen=True)
class Story:
    unit: str
    hours: str
    start: str
    length: str
    steps: tuple[Step, ...] = ()

    @property
    def pauses(self) -> list[Step]:
        return [step for step in self.steps if step.word == "pause"]

    @property
    def is_plain(self) -> bool:
        """Say whether nothing but pauses happens."""
        return len(self.pauses) == len(self.steps)


def read_steps(text: str) -> tuple[Step, ...]:
    """Read what happens on the way, each deed ending with its moment.

    `pause FROM UNTIL` · `length 8h AT` · `unit elapsed 30m AT` · `off DAY AT` · `work DAY AT` · `again AT` (reopened) ·
    `earlier START AT` (merged with a case begun at START).
    """
    steps = []
    for part in filter(None, (part.strip() for part in text.split(";"))):
        word, *rest = part.split()
        if word == "pause":
            steps.append(Step(word, minute(rest[0]), minute(rest[1])))
        else:
            steps.append(Step(word, minute(rest[-1]), value=" ".join(rest[:-1])))
    return tuple(sorted(steps, key=lambda step: step.at))


def minute(text: str) -> int:
    moment = datetime.fromisoformat(text)
    return (moment.date() - FIRST).days * DAY + moment.hour * 60 + moment.minute


def said(at: int, *, second_before: bool = False) -> str:
    midnight = datetime.combine(FIRST + timedelta(days=at // DAY), datetime.min.time())
    moment = midnight + timedelta(minutes=at % DAY) - timedelta(seconds=second_before)
    return moment.isoformat(timespec="seconds" if second_before else "minutes")


def minutes_of(length: str) -> int:
    return int(length[:-1]) * {"m": 1, "h": 60, "d": DAY}[length[-1]]


@cache
def works(day: date) -> bool:
    """Say whether China works that day; no list reaches beyond 2026."""
    return is_workday(day) if day.year <= 2026 else day.weekday() < 5


def day_of(at: int) -> date:
    return FIRST + timedelta(days=at // DAY)


@cache
def open_minutes(hours: str) -> bytes:
    """Return one byte for each minute since FIRST: 1 where work is done."""
    table = bytearray()
    for number in range((LAST - FIRST).days):
        table += open_day(hours) if works(FIRST + timedelta(days=number)) else bytes(DAY)
    return bytes(table)


def open_day(hours: str) -> bytes:
    return bytes(any(opens <= at < closes for opens, closes in HOURS[hours]) for at in range(DAY))


def due(story: Story) -> str:
    """Return when the story is due, as text."""
    story = retold(story)
    if story.unit == "statutory":
        return said(statutory_day(story) * DAY)[:10]
    if story.unit == "working" and story.length.endswith("d"):
        return working_days_due(story)
    return said(Walk(story).due())


def retold(story: Story) -> Story:
    """Let a reopened story begin where it began last, and one merged with an older one where that began."""
    start, steps = story.start, story.steps
    for step in steps:
        if step.word == "again":
            start = said(step.at)
            steps = tuple(other for other in steps if other.at >= step.at and other is not step)
        elif step.word == "earlier":
            start = step.value
    return Story(story.unit, story.hours, start, story.length, steps)


def standing_still(story: Story) -> set[int]:
    return {at for pause in story.pauses for at in range(pause.at, pause.until)}


@dataclass
class Walk:
    """Minutes of working or elapsed time, one after the other."""

    story: Story
    unit: str = field(init=False)
    wanted: int = field(init=False)
    table: bytearray = field(init=False)

    def due(self) -> int:
        self.unit, self.wanted = self.story.unit, minutes_of(self.story.length)
        self.table = bytearray(open_minutes(self.story.hours))
        still, changes = standing_still(self.story), [step for step in self.story.steps if step.word != "pause"]
        at, used, stood = minute(self.story.start), 0, False
        while True:
            for step in changes:
                if step.at == at:
                    self.change(step)
            if used >= self.wanted and not (stood and at in still):
                return at
            stood = at in still
            used += not stood and (self.unit == "elapsed" or self.table[at])
            at += 1

    def change(self, step: Step) -> None:
        if step.word == "length":
            self.wanted = minutes_of(step.value)
        elif step.word == "unit":
            self.unit, length = step.value.split()
            self.wanted = minutes_of(length)
        elif step.word in {"off", "work"}:
            begins = minute(step.value)
            self.table[begins : begins + DAY] = open_day(self.story.hours) if step.word == "work" else bytes(DAY)


def working_days_due(story: Story) -> str:
    """Go to the same point of the n-th working day; each open minute that stood still pushes it one open minute on.

    Days off and working days announced on the way lie ahead: they count as if they had been known all along.
    """
    table, still, stood = bytearray(open_minutes(story.hours)), standing_still(story), False
    announced = {minute(step.value) // DAY: step.word == "work" for step in story.steps if step.word in {"off", "work"}}
    for day, open_then in announced.items():
        table[day * DAY : (day + 1) * DAY] = open_day(story.hours) if open_then else bytes(DAY)
    length = next((step.value for step in reversed(story.steps) if step.word == "length"), story.length)
    at = minute(story.start)
    end, at_midnight = same_point(at, int(length[:-1]), story.hours, announced)
    while True:
        stood = at in still and (at < end or stood)
        if stood and table[at]:
            end = next_open(end, table) + 1
        if not stood and at >= end:
            return said(at, second_before=at_midnight and at == end)  # later than its end where it stood still then
        at += 1


def next_open(at: int, table: bytearray) -> int:
    while not table[at]:
        at += 1
    return at


def same_point(at: int, days: int, hours: str, announced: dict[int, bool]) -> tuple[int, bool]:
    """Return the minute, and whether it is the midnight that ends the day (said as the second before it)."""
    if not days:
        return at, False
    day = at // DAY
    for _number in range(days):
        day += 1
        while not announced.get(day, works(FIRST + timedelta(days=day))):
            day += 1
    opens, closes = HOURS[hours][0][0], HOURS[hours][-1][1]
    point = at % DAY
    if not works(day_of(at)) or point >= closes:
        return day * DAY + closes, closes == DAY
    if point < opens:
        return day * DAY + opens, False
    while not any(start <= point < end for start, end in HOURS[hours]):
        point += 1
    return day * DAY + point, False


def statutory_day(story: Story) -> int:
    """Count days by their midnights; the last one must be a working day at whose end the clock does not stand still."""
    still, off = standing_still(story), dict[int, bool]()
    wanted, counted = int(story.length[:-1]), 0
    day = minute(story.start) // DAY
    changes = [step for step in story.steps if step.word != "pause"]
    while True:
        for step in changes:
            if step.at // DAY == day and step.word == "length":
                wanted = int(step.value[:-1])
            elif step.at // DAY == day and step.word in {"off", "work"}:
                off[minute(step.value) // DAY] = step.word == "work"
        end_stands_still = (day + 1) * DAY - 1 in still
        open_today = off.get(day, works(FIRST + timedelta(days=day)))
        if counted >= wanted and open_today and not end_stands_still:
            return day
        counted += not end_stands_still
        day += 1
