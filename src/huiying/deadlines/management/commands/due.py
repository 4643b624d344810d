"""`huiying due`: reckon a deadline, or the time between two moments, and say why."""

from __future__ import annotations

import json
import sys
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils.translation import gettext as _

from huiying.deadlines.arithmetic.calendar import WorkingCalendar
from huiying.deadlines.arithmetic.explanation import Line, say_moment
from huiying.deadlines.arithmetic.units import Unit, say_time
from huiying.deadlines.calendars import calendar_named
from huiying.deadlines.inquiries import DueMoment, Inquiry, TimeBetween, answer, read_inquiry, with_hours
from huiying.kit.guards import DomainError

WRONG_INPUT = 2


class Command(BaseCommand):
    help = "Reckon when something is due, or with --until how much time lies between, and say why."
    requires_system_checks = ()

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--start", default="", metavar="ISO", help="the moment the clock starts")
        parser.add_argument("--unit", default=Unit.WORKING.value, help="working, elapsed or statutory")
        parser.add_argument("--length", default="", help="30m, 4h or 2d")
        parser.add_argument("--until", default="", metavar="ISO", help="instead of --length: count up to here")
        parser.add_argument("--hours", default="", help="09:00-12:00,13:30-18:00 on working days")
        parser.add_argument("--calendar", default="", help="the code of a calendar; default: the company's")
        parser.add_argument("--pause", action="append", dest="paused", default=None, metavar="ISO/ISO")
        parser.add_argument("--batch", default="", metavar="FILE", help="one JSON object a line, - reads the input")
        parser.add_argument("--json", action="store_true", dest="as_json", help="print JSON")

    def handle(self, *_args: Any, **words: Any) -> None:
        desk = Desk()
        if words["batch"]:
            self.answer_batch(desk, words["batch"])
            return
        try:
            inquiry = desk.inquiry(words)
            found = answer(inquiry)
        except DomainError as wrong:
            raise CommandError(str(wrong), returncode=WRONG_INPUT) from wrong
        self.stdout.write("\n".join(in_json(found) if words["as_json"] else in_words(found)))

    def answer_batch(self, desk: Desk, file: str) -> None:
        wrong = 0
        for number, line in lines_of(file):
            try:
                reply = answer_line(desk, line)
            except DomainError as error:
                wrong += 1
                reply = {"line": number, "error": str(error)} | id_of(line)
            self.stdout.write(json.dumps(reply, ensure_ascii=False))
        if wrong:
            raise CommandError(_("%(n)d lines could not be reckoned.") % {"n": wrong}, returncode=WRONG_INPUT)


class Desk:
    """Turns words into inquiries; keeps the calendars it has made, for long batches."""

    def __init__(self) -> None:
        self.calendars: dict[tuple[str, str], WorkingCalendar] = {}

    def inquiry(self, words: dict[str, Any]) -> Inquiry:
        return read_inquiry(words, self.calendar(str(words.get("calendar") or ""), str(words.get("hours") or "")))

    def calendar(self, code: str, hours: str) -> WorkingCalendar:
        if (code, hours) not in self.calendars:
            calendar = calendar_named(code)
            self.calendars[code, hours] = with_hours(calendar, hours) if hours else calendar
        return self.calendars[code, hours]


def lines_of(file: str) -> Iterator[tuple[int, str]]:
    """Yield the numbered lines of a file or, for “-”, of the input that are not empty."""
    try:
        text = sys.stdin.read() if file == "-" else Path(file).read_text(encoding="utf-8-sig")
    except (OSError, UnicodeDecodeError) as problem:
        raise CommandError(
            _("The file %(file)s cannot be read: %(problem)s.") % {"file": file, "problem": problem},
            returncode=WRONG_INPUT,
        ) from problem
    return ((number, line) for number, line in enumerate(text.splitlines(), start=1) if line.strip())


def answer_line(desk: Desk, line: str) -> dict[str, object]:
    words = read_json(line)
    return id_of(line) | answer(desk.inquiry(words)).as_json()


def read_json(line: str) -> dict[str, Any]:
    try:
        words = json.loads(line)
    except ValueError:
        words = None
    if not isinstance(words, dict):
        raise DomainError(_("This line is no JSON object."))
    return words


def id_of(line: str) -> dict[str, object]:
    try:
        return {"id": read_json(line)["id"]}
    except (DomainError, KeyError):
        return {}


def in_json(found: DueMoment | TimeBetween) -> Iterable[str]:
    why = [line.text for line in found.lines]
    yield json.dumps(found.as_json() | {"why": why}, ensure_ascii=False)


def in_words(found: DueMoment | TimeBetween) -> Iterator[str]:
    yield due_in_words(found) if isinstance(found, DueMoment) else time_in_words(found)
    for line in found.lines:
        yield f"  {written(line)}"


def due_in_words(found: DueMoment) -> str:
    due = found.deadline.due
    return _("Due: %(moment)s (%(iso)s)") % {"moment": say_moment(due), "iso": due.isoformat()}


def time_in_words(found: TimeBetween) -> str:
    unit = found.inquiry.unit
    if unit is Unit.STATUTORY:
        return _("Between: %(days)d days") % {"days": found.time.days}
    words = {"time": say_time(found.time), "minutes": found.as_json()["minutes"], "unit": unit.label}
    return _("Between: %(time)s (%(minutes)s minutes, %(unit)s)") % words


def written(line: Line) -> str:
    if not line.counted:
        return line.text
    if line.counted.total_seconds() < 0:
        return f"{line.text}  −{line.counted_said}"
    return f"{line.text}  +{line.counted_said} = {line.total_said}"
