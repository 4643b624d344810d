"""Every day of sixteen years, as the State Council's notices have it."""

from __future__ import annotations

import json
from datetime import date, timedelta

from huiying.deadlines.arithmetic.state_council import announced, read_holiday_json, shipped_calendar
from tests.real_data.conftest import DATA

FIRST, LAST = date(2011, 1, 1), date(2026, 12, 31)


def test_every_day_agrees_with_the_notices():
    text = (DATA / "calendar" / "cn_holidays_2011_2026.json").read_text()
    days = {date.fromisoformat(day): facts["off"] for day, facts in json.loads(text)["days"].items()}
    calendar = shipped_calendar()
    for number in range((LAST - FIRST).days + 1):
        day = FIRST + timedelta(days=number)
        works = not days[day] if day in days else day.weekday() < 5
        assert calendar.is_working_day(day) is works, day


def test_the_notices_can_be_read_in():
    text = (DATA / "calendar" / "cn_holidays_2011_2026.json").read_text()
    read = read_holiday_json(text)
    assert read.years == frozenset(range(2011, 2027))
    known = {day: exception.working for day, exception in announced().days.items() if day.year >= 2011}
    weekday_facts = {day: exc.working for day, exc in read.days.items() if exc.working != (day.weekday() < 5)}
    assert weekday_facts.items() <= known.items()
