"""Deadlines worked out by others: Chinese working-time vectors, zendesk/biz schedules, Zammad escalations."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import date, datetime, timedelta

import pytest

from huiying.deadlines.arithmetic.calendar import DayException, Hours, WeeklyHours, WorkingCalendar
from huiying.deadlines.arithmetic.counting import add_working, working_between
from huiying.deadlines.arithmetic.hours import parse_hours
from huiying.deadlines.arithmetic.state_council import shipped_calendar
from huiying.deadlines.inquiries import answer, read_inquiry, with_hours
from tests.real_data.conftest import DATA

WEEKDAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
SCHEDULES = {"A": "09:00-18:00", "B": "09:00-12:00,13:30-18:00", "C": "08:30-17:30", "D": "00:00-24:00"}


def vectors(name: str) -> list[dict]:
    file = DATA / "sla" / f"{name}.json"
    return json.loads(file.read_text())["vectors"] if file.exists() else []


def by_id(vector: dict) -> str:
    return vector["id"]


@pytest.mark.parametrize("vector", vectors("cn_sla_vectors_dev"), ids=by_id)
def test_chinese_vectors(vector):
    calendar = with_hours(shipped_calendar(), SCHEDULES[vector.get("schedule", "B")])
    words = {"start": vector["start"], "paused": vector.get("paused")}
    if vector["op"] == "business_minutes":
        found = answer(read_inquiry(words | {"until": vector["end"]}, calendar)).as_json()["minutes"]
        assert found == vector["expected"]
        return
    unit = "statutory" if vector["op"] == "statutory_days" else "working"
    length = f"{vector['minutes']}m" if vector["op"] == "due_at" else f"{vector['n']}d"
    found = answer(read_inquiry(words | {"unit": unit, "length": length}, calendar)).deadline.due
    assert found.strftime("%Y-%m-%d %H:%M:%S")[: len(vector["expected"])] == vector["expected"]


@pytest.mark.parametrize("vector", vectors("biz_vectors_dev"), ids=by_id)
def test_biz_vectors(vector):
    if vector["op"] == "before":
        pytest.skip("Deadlines are never counted backwards (docs/deadlines.md).")
    calendar = calendar_of(vector["schedule"])
    assert BIZ[vector["op"]](vector, calendar) == vector["expected"]


def biz_within(vector: dict, calendar: WorkingCalendar) -> float:
    return working_between(moment(vector["start"]), moment(vector["end"]), calendar) / timedelta(minutes=1)


def biz_in_hours(vector: dict, calendar: WorkingCalendar) -> bool:
    at = moment(vector["at"])
    return bool(working_between(at, at + timedelta(minutes=1), calendar))


def biz_periods_after(vector: dict, calendar: WorkingCalendar) -> list[list[str]]:
    origin, found = moment(vector["origin"]), []
    day = calendar.local(origin).date()
    while len(found) < vector["take"]:
        spans = [(max(opens, origin), closes) for opens, closes in calendar.intervals_on(day) if closes > origin]
        found += [[in_utc(opens), in_utc(closes)] for opens, closes in spans]
        day += timedelta(days=1)
    return found[: vector["take"]]


BIZ = {"within": biz_within, "in_hours": biz_in_hours, "periods_after": biz_periods_after}


@pytest.mark.parametrize("vector", vectors("zammad_escalation_dev"), ids=by_id)
def test_zammad_working_time(vector):
    """The arithmetic under Zammad's escalations: what is due and what was used, pauses taken out."""
    calendar = calendar_of({"hours": vector["hours"], "timezone": vector["timezone"], "holidays": vector["holidays"]})
    check = ZAMMAD.get(vector["id"])
    if check is None:
        pytest.skip("No deadline is expected.")
    check(vector, calendar, moment(vector["events"][0][0]))


def update_used(vector: dict, calendar: WorkingCalendar, start: datetime) -> None:
    used = working_between(start, moment(vector["events"][1][0]), calendar) / timedelta(minutes=1)
    assert used == vector["expected"]["update_in_min"]
    due = add_working(start, timedelta(minutes=vector["sla_minutes"]["solution"]), calendar)
    assert in_utc(due) == vector["expected"]["solution_due"]


def closed_late(vector: dict, calendar: WorkingCalendar, start: datetime) -> None:
    used = working_between(start, moment(vector["events"][1][0]), calendar) / timedelta(minutes=1)
    assert used == vector["expected"]["close_in_min"]
    assert vector["sla_minutes"]["solution"] - used == vector["expected"]["close_diff_in_min"]


def first_answer_with_pauses(vector: dict, calendar: WorkingCalendar, start: datetime) -> None:
    times = [at for at, _what in vector["events"][1:]]
    words = {
        "start": in_utc(start),
        "length": f"{vector['sla_minutes']['first_response']}m",
        "paused": list(zip(times[::2], times[1::2], strict=True)),
    }
    assert in_utc(answer(read_inquiry(words, calendar)).deadline.due) == vector["expected"]["first_response_due"]


ZAMMAD = {
    "zam03": update_used,
    "zam07": closed_late,
    "zam08": first_answer_with_pauses,
    "zam14": first_answer_with_pauses,
}


def calendar_of(schedule: dict) -> WorkingCalendar:
    week = tuple(hours_of(schedule["hours"].get(day, [])) for day in WEEKDAYS)
    calendar = WorkingCalendar(name="vector", weeks=(WeeklyHours(week),), zone=schedule["timezone"])
    shifts = {date.fromisoformat(d): open_with(hours_of(h)) for d, h in schedule.get("shifts", {}).items()}
    off = {date.fromisoformat(d): DayException(working=False) for d in schedule.get("holidays", [])}
    calendar = replace(calendar, exceptions=shifts | off)
    breaks = {date.fromisoformat(d): hours_of(h) for d, h in schedule.get("breaks", {}).items()}
    cut = {day: open_with(without(calendar.opening_on(day), gaps)) for day, gaps in breaks.items()}
    return replace(calendar, exceptions=shifts | off | cut)


def hours_of(ranges: list) -> tuple[Hours, ...]:
    return tuple(hours for start, end in ranges for hours in parse_hours(f"{start}-{end}"))


def open_with(hours: tuple[Hours, ...]) -> DayException:
    return DayException(working=bool(hours), hours=hours)


def without(opening: tuple[Hours, ...], breaks: tuple[Hours, ...]) -> tuple[Hours, ...]:
    for gap in breaks:
        pieces = [(each.opens, min(each.closes, gap.opens)) for each in opening]
        pieces += [(max(each.opens, gap.closes), each.closes) for each in opening]
        opening = tuple(sorted(Hours(start, end) for start, end in pieces if start < end))
    return opening


def moment(text: str) -> datetime:
    return datetime.fromisoformat(text)


def in_utc(at: datetime) -> str:
    return datetime.fromtimestamp(at.timestamp(), tz=moment("2000-01-01T00:00:00Z").tzinfo).strftime(
        "%Y-%m-%dT%H:%M:%SZ"
    )
