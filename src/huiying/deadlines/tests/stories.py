"""The dated examples, and how the engine plays one: as a reckoning, and as a clock that moves."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

from huiying.deadlines import movement
from huiying.deadlines.actions.merging import begin_earlier
from huiying.deadlines.arithmetic.calendar import DayException, WorkingCalendar
from huiying.deadlines.arithmetic.deadline import Definition, Span, reckon
from huiying.deadlines.arithmetic.hours import parse_hours
from huiying.deadlines.arithmetic.state_council import SHIPPED, calendar_with_hours
from huiying.deadlines.arithmetic.units import Unit, parse_length
from huiying.deadlines.catalogue import Catalogue
from huiying.deadlines.models import Clock, Policy

from .naive import Step, Story, minute, read_steps, said

FOLDER = Path(__file__).parent / "examples"
SHANGHAI = ZoneInfo("Asia/Shanghai")
OPENINGS = {
    "office": "09:00-12:00,13:30-18:00",
    "plain": "09:00-18:00",
    "early": "08:30-17:30",
    "shifts": "08:00-11:30,12:30-17:00,18:30-21:30",
    "night": "00:00-06:00,20:00-24:00",
    "whole": "00:00-24:00",
}


@dataclass(frozen=True)
class Example:
    """One line: by whom it was worked out, the story, when it is due, and a word why."""

    origin: str
    story: Story
    due: str
    why: str


def examples(unit: str) -> Iterator[Example]:
    for line in (FOLDER / f"{unit}.tsv").read_text(encoding="utf-8").splitlines()[1:]:
        origin, hours, start, length, steps, due, why = line.split("\t")
        yield Example(origin, Story(unit, hours, start, length, read_steps(steps)), due, why)


def told(story: Story, due: datetime | None) -> str:
    """Return a due moment as the examples write it: statutory days as dates."""
    if due is None:
        return "stands still"
    if story.unit == "statutory":
        assert due.strftime("%H:%M:%S") == "23:59:59"
        return due.date().isoformat()
    assert due.utcoffset() == timedelta(hours=8)
    return due.replace(tzinfo=None).isoformat(timespec="seconds" if due.second else "minutes")


def moment(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=SHANGHAI)


def at(number: int) -> datetime:
    return moment(said(number))


def calendar_of(story: Story) -> WorkingCalendar:
    return calendar_with_hours(parse_hours(OPENINGS[story.hours]))


def reckoned(story: Story) -> datetime:
    """Return when the arithmetic says the story is due."""
    definition = Definition(Unit(story.unit), parse_length(story.length), calendar_of(story))
    return reckon(definition, moment(story.start), [Span(at(each.at), at(each.until)) for each in story.pauses]).due


def played(story: Story) -> datetime | None:
    """Return when a clock that lives through the story is due."""
    play = Play(story)
    for when, deed, step in sorted(deeds(story), key=lambda each: each[:2]):
        if play.clock.due_at is None or at(when) < play.clock.due_at or deed in {"again", "earlier"}:
            getattr(play, deed)(step)
    return play.clock.due_at


def deeds(story: Story) -> Iterator[tuple[int, str, Step]]:
    """Yield what happens and when; a clock has one pause at a time, so those that overlap are one."""
    since = minute(story.start)
    pauses = [replace(step, at=max(step.at, since)) for step in story.pauses if step.until > max(step.at, since)]
    for step in [*together(pauses), *(step for step in story.steps if step.word != "pause")]:
        if step.word == "pause":
            yield step.until, "end_pause", step
        yield step.at, step.word, step


def together(pauses: list[Step]) -> list[Step]:
    result: list[Step] = []
    for pause in pauses:
        if result and pause.at <= result[-1].until:
            result[-1] = replace(result[-1], until=max(result[-1].until, pause.until))
        else:
            result.append(pause)
    return result


class Play:
    """A clock of an installation with one calendar, and what may happen to it."""

    def __init__(self, story: Story) -> None:
        self.calendar = calendar_of(story)
        self.known = Catalogue(0, (), {1: self.calendar}, {SHIPPED: 1}, {}, {})
        self.policies = 0
        self.clock = self.begun(self.policy(story.unit, story.length), moment(story.start))

    def policy(self, unit: str, length: str) -> Policy:
        self.policies += 1
        amount, in_days = parse_length(length), length.endswith("d")
        policy = Policy(
            pk=self.policies,
            unit=unit,
            days=amount.days if in_days else None,
            minutes=None if in_days else amount.minutes,
        )
        self.known.older[policy.pk] = policy
        return policy

    def begun(self, policy: Policy, start: datetime) -> Clock:
        clock = Clock(policy=policy, calendar_id=1)
        movement.start(clock, self.known, at=start)
        return clock

    def pause(self, step: Step) -> None:
        if self.clock.is_running:
            movement.pause(self.clock, self.known, at=at(step.at))

    def end_pause(self, step: Step) -> None:
        if not self.clock.is_running:
            movement.resume(self.clock, self.known, at=at(step.until))

    def length(self, step: Step) -> None:
        policy = self.policy(self.known.policy(self.clock.policy_id).unit, step.value)
        movement.replan(self.clock, self.known, policy, at=at(step.at))

    def unit(self, step: Step) -> None:
        movement.replan(self.clock, self.known, self.policy(*step.value.split()), at=at(step.at))

    def off(self, step: Step) -> None:
        self.change_day(step, working=False)

    def work(self, step: Step) -> None:
        self.change_day(step, working=True)

    def change_day(self, step: Step, *, working: bool) -> None:
        days = {**self.known.calendars[1].exceptions, date.fromisoformat(step.value): DayException(working=working)}
        self.known.calendars[1] = replace(self.known.calendars[1], exceptions=days)
        movement.replan(self.clock, self.known, self.known.policy(self.clock.policy_id), at=at(step.at))

    def again(self, step: Step) -> None:
        """Reopened, the next episode has a clock of its own; the one before stays as it was."""
        before = self.clock.due_at
        following = self.begun(self.known.policy(self.clock.policy_id), at(step.at))
        assert self.clock.due_at == before
        self.clock = following

    def earlier(self, step: Step) -> None:
        begin_earlier(self.clock, moment(step.value), self.known)
