"""`python -m bench.incidents`: how well detection finds group incidents in a stream of letters, and how fast it is.

The stream is replayed in the order of time, as the lookout would have read it, each letter held against those before.
A marked event is found when a suspicion gathers two of its letters; the delay counts from its third person within a
week, the fewest that detection asks for. Precision and recall of letters are those of the suspicions that found it.
"""

from __future__ import annotations

import argparse
import csv
import gzip
import json
import sys
import time
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

from rich.console import Console
from rich.table import Table

from huiying.cases.detection import Emergence, Finding, Joining, Matter, Told, Watch
from huiying.cases.detection.watch import PEOPLE, WINDOW

ZONE = ZoneInfo("Asia/Shanghai")
FORMS = ("%Y-%m-%d %H:%M:%S", "%Y/%m/%d %H:%M:%S", "%Y/%m/%d %H:%M", "%Y-%m-%d", "%Y/%m/%d")


@dataclass
class Suspected:
    """A suspicion as it grew: when it was raised, with whom, and what joined it."""

    raised_at: datetime
    title: str
    letters: set[int]
    evidence: Emergence


@dataclass
class Replay:
    suspected: dict[str, Suspected] = field(default_factory=dict)

    def take(self, told: Told, finding: Finding | None) -> None:
        if isinstance(finding, Joining):
            self.suspected[finding.matter].letters.add(finding.key)
        elif isinstance(finding, Emergence):
            letters = set(finding.members)
            known = (one for one in self.suspected.values() if 2 * len(one.letters & letters) >= len(letters))
            grown = next(known, None)
            if grown is not None:
                grown.letters |= letters
            else:
                self.suspected[str(len(self.suspected))] = Suspected(told.at, told.subject, letters, finding)

    @property
    def matters(self) -> list[Matter]:
        return [Matter(key, set(one.letters)) for key, one in self.suspected.items()]


def main() -> int:
    words = arguments()
    letters = sorted(read(words.stream), key=lambda told: told.at)
    events = json.loads(words.events.read_text(encoding="utf-8")) if words.events else []
    before = time.perf_counter()
    replay = replayed(letters)
    seconds = time.perf_counter() - before
    console = Console(width=140)
    console.print(table_of(replay, {key for event in events for key in event["msg_ids"]}))
    for event in events:
        console.print(told_of(event, replay, {told.key: told for told in letters}))
    console.print(f"{len(letters)} letters in {seconds:.1f} s, {1000 * seconds / len(letters):.1f} ms each")
    return 0


def arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m bench.incidents", description=__doc__)
    parser.add_argument("stream", type=Path, help="CSV, plain or gzipped: msg_id, user, subject, time, body")
    parser.add_argument("events", type=Path, nargs="?", help="JSON: a list of events, each with name and msg_ids")
    return parser.parse_args()


def read(stream: Path) -> Iterator[Told]:
    csv.field_size_limit(sys.maxsize)
    opener = gzip.open if stream.suffix == ".gz" else open
    with opener(stream, "rt", encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file):
            yield Told(
                key=int(row["msg_id"]),
                at=moment(row["time"]),
                person=row["user"],
                subject=row["subject"],
                text=row["body"],
            )


def moment(text: str) -> datetime:
    for form in FORMS:
        try:
            return datetime.strptime(text.strip(), form).replace(tzinfo=ZONE)
        except ValueError:
            continue
    raise ValueError(f"“{text}” is no moment.")


def replayed(letters: list[Told]) -> Replay:
    watch, replay = Watch(), Replay()
    for told in letters:
        watch.know(replay.matters)
        replay.take(told, watch.examine(told))
    return replay


def table_of(replay: Replay, marked: set[int]) -> Table:
    table = Table("raised", "people", "usual", "chance", "letters in all", "of them marked", "first subject")
    for one in replay.suspected.values():
        found = one.evidence
        table.add_row(
            f"{one.raised_at:%Y-%m-%d %H:%M}",
            str(found.people),
            f"{found.expected:.2f}",
            f"{found.chance:.0e}",
            str(len(one.letters)),
            str(len(one.letters & marked)),
            one.title[:50],
        )
    return table


def told_of(event: dict[str, Any], replay: Replay, letters: dict[int, Told]) -> str:
    """Return one line: found or not, precision and recall of its letters, and the delay."""
    marked = {int(key) for key in event["msg_ids"]} & letters.keys()
    finders = [one for one in replay.suspected.values() if len(one.letters & marked) >= 2]
    if not finders:
        return f"{event['name']}: NOT FOUND, recall 0"
    gathered = set().union(*(one.letters for one in finders))
    hit, raised = gathered & marked, min(one.raised_at for one in finders)
    due = earliest([letters[key] for key in marked])
    delay = f"{(raised - due).total_seconds() / 3600:.1f} h after its third person within a week" if due else "early"
    return (
        f"{event['name']}: found {raised:%Y-%m-%d %H:%M}, {delay}; "
        f"precision {len(hit) / len(gathered):.2f}, recall {len(hit) / len(marked):.2f}, "
        f"{len(finders)} suspicion(s), {len(replay.suspected) - len(finders)} other(s)"
    )


def earliest(told: list[Told]) -> datetime | None:
    """Return when PEOPLE of them had spoken within WINDOW; None where they never did."""
    ordered = sorted(told, key=lambda one: one.at)
    for one in ordered:
        people = {other.person for other in ordered if one.at - WINDOW < other.at <= one.at}
        if len(people) >= PEOPLE:
            return one.at
    return None


if __name__ == "__main__":
    sys.exit(main())
