"""Deadlines worked out by others: Chinese working-time vectors, zendesk/biz schedules, Zammad escalations."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import date, datetime, timedelta
from pathlib import Path

import pytest

from huiying.deadlines.arithmetic.calendar import DayException, Hours, WeeklyHours, WorkingCalendar
from huiying.deadlines.arithmetic.counting import working_between
from huiying.deadlines.arithmetic.hours import parse_hours
from huiying.deadlines.arithmetic.state_council import shipped_calendar
from huiying.deadlines.catalogue import Catalogue
from huiying.deadlines.inquiries import answer, read_inquiry, with_hours
from huiying.deadlines.models import Policy
from huiying.kit.guards import BadInput
from tests.real_data.conftest import DATA

DOCS = (Path(__file__).resolve().parents[2] / "docs" / "deadlines.md").read_text(encoding="utf-8")

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
    """All but counting backwards, which a deadline never does; docs/deadlines.md says so by that name."""
    calendar = calendar_of(vector["schedule"])
    if vector["op"] == "before":
        assert "*zendesk/biz* can count backwards (`before`)" in DOCS
        with pytest.raises(BadInput):
            read_inquiry({"start": vector["at"], "length": f"-{vector['amount']}{vector['unit'][0]}"}, calendar)
        return
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
    """What is due and what was used, its pending and closed states told as pauses."""
    calendar = calendar_of({"hours": vector["hours"], "timezone": vector["timezone"], "holidays": vector["holidays"]})
    expected = vector["expected"]
    for name, minutes in vector["sla_minutes"].items():
        if expected.get(f"{name}_due"):
            assert in_utc(zammad_due(vector, minutes, calendar)) == expected[f"{name}_due"]
    for name, clock in (("update", "update"), ("close", "solution")):
        if f"{name}_in_min" in expected:
            used = zammad_used(vector, calendar)
            assert used == expected[f"{name}_in_min"]
            assert vector["sla_minutes"][clock] - used == expected[f"{name}_diff_in_min"]


@pytest.mark.parametrize("vector", vectors("zammad_escalation_dev"), ids=by_id)
def test_zammad_shows_the_nearest_escalation(vector):
    """It keeps one moment, the nearest; here each clock has its own, and the least of them is the same."""
    expected = vector["expected"]
    own = [expected[name] for name in expected if name.endswith("_due") and expected[name]]
    assert "shows only the nearest escalation" in DOCS
    assert expected.get("escalation_at") in {None, min(own, default=None)}


def test_what_no_policy_is_for_any_more_has_no_deadline():
    """Zammad's “SLA no longer matches the ticket”: here no policy decides, and the clock is dropped."""
    policy = Policy(kind="resolve", conditions={"urgency": ["normal"]}, active=True)
    known = Catalogue(0, (policy,), {}, {}, {}, {})
    assert known.deciding({"urgency": "normal"}) == {"resolve": policy}
    assert known.deciding({"urgency": "urgent"}) == {}
    assert "drops a deadline whose terms no longer match" in DOCS


def zammad_due(vector: dict, minutes: int, calendar: WorkingCalendar) -> datetime:
    """Reckon from the creation; a pending or closed state stands still until the ticket is open again."""
    (start, _created), *events = vector["events"]
    stopped = [at for at, what in events if what.startswith(("pending", "closed"))]
    opened = [at for at, what in events if what == "open"]
    words = {"start": start, "length": f"{minutes}m", "paused": list(zip(stopped, opened, strict=False))}
    return answer(read_inquiry(words, calendar)).deadline.due


def zammad_used(vector: dict, calendar: WorkingCalendar) -> float:
    (start, _created), (end, _what) = vector["events"][:2]
    return working_between(moment(start), moment(end), calendar) / timedelta(minutes=1)


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
