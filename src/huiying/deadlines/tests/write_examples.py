"""Write the examples that naive.py works out, below those worked out by hand, which stay as they are.

`python -m huiying.deadlines.tests.write_examples` — the same every time. It never asks the engine.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime, time, timedelta
from pathlib import Path
from random import Random

from .naive import DAY, HOURS, Story, due, minute, minutes_of, read_steps, said, works

FOLDER = Path(__file__).parent / "examples"
HEAD = "worked out\thours\tstart\tlength\ton the way\tdue\twhy"
FIRST, LAST = date(2024, 1, 1), date(2026, 12, 20)
LENGTHS = {
    "working": ("30m", "2h", "4h", "8h", "1d", "2d", "3d", "10d"),
    "elapsed": ("30m", "2h", "4h", "24h", "48h", "7d", "10d"),
    "statutory": ("1d", "3d", "5d", "7d", "10d", "15d", "30d"),
}
EDGES = ("00:00", "08:59", "09:00", "11:59", "12:00", "13:29", "13:30", "17:59", "18:00", "20:00", "23:59")
Line = tuple[Story, str]
chance = Random(20260214)  # noqa: S311 — no secret


def main() -> None:
    for unit in LENGTHS:
        path = FOLDER / f"{unit}.tsv"
        by_hand = [line for line in path.read_text(encoding="utf-8").splitlines() if line.startswith("by hand")]
        path.write_text("\n".join([HEAD, *by_hand, *worked_out(unit)]) + "\n", encoding="utf-8")


def worked_out(unit: str) -> Iterator[str]:
    seen = set()
    for family in (around_days_off, make_up_days, edges, pauses, other_levels, other_tiers, announced, again, earlier):
        for words, why in family(unit):
            story = Story(unit, words[0], words[1], words[2], read_steps(words[3]))
            found = due(story)
            if words not in seen and happens_in_time(story, found):
                seen.add(words)
                yield "\t".join(["naive", *words, found, why])


def happens_in_time(story: Story, found: str) -> bool:
    """Say whether everything happens before the story is due: what comes later is another story."""
    ends = minute(found) + (DAY if story.unit == "statutory" else 0)
    return all(step.at < ends for step in story.steps if step.word != "pause")


Words = tuple[tuple[str, str, str, str], str]


def days() -> Iterator[date]:
    return (FIRST + timedelta(days=number) for number in range((LAST - FIRST).days))


def around_days_off(unit: str) -> Iterator[Words]:
    """Begun on the eve of a holiday, and within it."""
    for day in days():
        if works(day) and not works(day + timedelta(days=1)) and is_festival(day + timedelta(days=1)):
            name = f"the eve of days off, {day:%Y-%m}"
            yield (hours(unit), moment(day, "17:20"), length(unit), ""), name
            yield (hours(unit), moment(day, "10:05"), length(unit), ""), name
            yield (hours(unit), moment(day + timedelta(days=2), "15:00"), length(unit), ""), f"within them, {day:%Y-%m}"


def is_festival(day: date) -> bool:
    """Say whether days off begin here that are no plain weekend."""
    return any(not works(day + timedelta(days=n)) and (day + timedelta(days=n)).weekday() < 5 for n in range(3))


def make_up_days(unit: str) -> Iterator[Words]:
    for day in days():
        if works(day) and day.weekday() >= 5:
            yield (hours(unit), moment(day - timedelta(days=1), "17:40"), length(unit), ""), f"调休 {day} ahead"
            yield (hours(unit), moment(day, "16:30"), length(unit), ""), f"begun on 调休 {day}"


def edges(unit: str) -> Iterator[Words]:
    """Begun at the edges of the day, by all hours there are."""
    for opening in HOURS if unit == "working" else ["office"] * 4:
        for edge in EDGES:
            yield (opening, moment(some_day(), edge), length(unit), ""), f"begun at {edge}"


def pauses(unit: str) -> Iterator[Words]:
    for number in range(60):
        start, long = moment(some_day(), some_time()), length(unit)
        reach = max(minutes_of(long) * (4 if unit == "working" else 1), 3 * DAY)
        steps = "; ".join(pause(start, reach) for _pause in range(1 + number % 3))
        yield (hours(unit), start, long, steps), f"{1 + number % 3} pauses"


def other_levels(unit: str) -> Iterator[Words]:
    for _number in range(25):
        start, long = moment(some_day(), some_time()), length(unit)
        then = shifted(start, minutes=chance.randrange(1, minutes_of(long)))
        change = f"length {other_length(unit, long)} {then}"
        yield (hours(unit), start, long, change), "another level: time used stays used"


def other_tiers(unit: str) -> Iterator[Words]:
    """From working to elapsed time or back."""
    for _number in range(20 if unit != "statutory" else 0):
        start, long = moment(some_day(), some_time()), chance.choice(["2h", "4h", "8h"])
        then = shifted(start, minutes=chance.randrange(1, minutes_of(long)))
        other = "elapsed" if unit == "working" else "working"
        yield (hours(unit), start, long, f"unit {other} {chance.choice(['3h', '6h'])} {then}"), "another tier"


def announced(unit: str) -> Iterator[Words]:
    """A day off, or a working day, that becomes known on the way."""
    for _number in range(40):
        day = some_day()
        coming = day + timedelta(days=chance.randrange(1, 4))
        start, word = moment(day, some_time()), "off" if works(coming) else "work"
        change = f"{word} {coming} {shifted(start, minutes=20)}"
        yield (hours(unit), start, length(unit), change), f"{coming} is announced as {word}"


def again(unit: str) -> Iterator[Words]:
    for _number in range(12):
        start = moment(some_day(), some_time())
        then = shifted(start, minutes=chance.randrange(DAY, 40 * DAY))
        yield (hours(unit), start, length(unit), f"again {then}"), "reopened: the next episode"


def earlier(unit: str) -> Iterator[Words]:
    for _number in range(25):
        older = moment(some_day(), some_time())
        start = shifted(older, minutes=chance.randrange(10, 2 * DAY))
        merged = shifted(start, minutes=chance.randrange(1, DAY))
        yield (hours(unit), start, length(unit), f"earlier {older} {merged}"), "merged with an older case"


def pause(start: str, reach: int) -> str:
    begins = shifted(start, minutes=chance.randrange(-60, reach))
    return f"pause {begins} {shifted(begins, minutes=chance.choice([20, 45, 90, 300, DAY, 2 * DAY, 3 * DAY]))}"


def some_day() -> date:
    return FIRST + timedelta(days=chance.randrange((LAST - FIRST).days))


def some_time() -> str:
    return f"{chance.randrange(6, 22):02}:{chance.randrange(60):02}"


def moment(day: date, at: str) -> str:
    return datetime.combine(day, time.fromisoformat(at)).isoformat(timespec="minutes")


def shifted(start: str, *, minutes: int) -> str:
    return said(minute(start) + minutes)


def hours(unit: str) -> str:
    return chance.choice(["office", "office", *HOURS]) if unit == "working" else "office"


def length(unit: str) -> str:
    return chance.choice(LENGTHS[unit])


def other_length(unit: str, long: str) -> str:
    alike = [each for each in LENGTHS[unit] if each[-1] in long[-1] + ("hm" if long[-1] in "hm" else "")]
    return chance.choice([each for each in alike if each != long])


if __name__ == "__main__":
    main()
