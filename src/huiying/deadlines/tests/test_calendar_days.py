"""Chinese working days as the State Council announced them, lunch breaks and make-up days, by example."""

from __future__ import annotations

from datetime import date, datetime, timedelta

import pytest

from huiying.deadlines.arithmetic.calendar import DayException, WeeklyHours, WorkingCalendar
from huiying.deadlines.arithmetic.counting import add_working, working_between
from huiying.deadlines.arithmetic.deadline import Definition, Span, at_percent, reckon
from huiying.deadlines.arithmetic.hours import office_week, parse_hours, parse_moment
from huiying.deadlines.arithmetic.icalendar import read_icalendar
from huiying.deadlines.arithmetic.state_council import announced, read_holiday_json, shipped_calendar
from huiying.deadlines.arithmetic.units import Length, Unit, parse_length
from huiying.kit.guards import BadInput

OFFICE = shipped_calendar()


def moment(text: str) -> datetime:
    return parse_moment(text, OFFICE, field="start")


def due(start: str, length: str, unit: Unit = Unit.WORKING, *pauses: Span) -> str:
    deadline = reckon(Definition(unit, parse_length(length), OFFICE), moment(start), pauses)
    return deadline.due.strftime("%Y-%m-%d %H:%M")


@pytest.mark.parametrize(
    ("day", "works"),
    [
        ("2024-02-10", False),
        ("2024-02-18", True),
        ("2024-10-12", True),
        ("2025-01-26", True),
        ("2025-10-08", False),
        ("2025-10-11", True),
        ("2026-01-04", True),
        ("2026-02-14", True),
        ("2026-02-15", False),
        ("2026-02-16", False),
        ("2026-02-28", True),
        ("2026-10-10", True),
    ],
)
def test_the_state_council_says_who_works(day, works):
    assert OFFICE.is_working_day(date.fromisoformat(day)) is works


@pytest.mark.parametrize(
    ("start", "length", "expected"),
    [
        ("2026-03-02 11:45", "30m", "2026-03-02 13:45"),
        ("2026-03-02 11:30", "30m", "2026-03-02 12:00"),
        ("2026-03-02 12:10", "30m", "2026-03-02 14:00"),
        ("2026-02-13 17:50", "30m", "2026-02-14 09:20"),
        ("2026-02-14 17:50", "30m", "2026-02-24 09:20"),
        ("2026-03-06 16:00", "4h", "2026-03-09 11:00"),
        ("2026-02-13 15:00", "2d", "2026-02-24 15:00"),
        ("2026-02-16 10:00", "2d", "2026-02-25 18:00"),
        ("2026-03-02 07:00", "2d", "2026-03-04 09:00"),
        ("2026-03-02 20:00", "2d", "2026-03-04 18:00"),
        ("2026-03-02 12:30", "1d", "2026-03-03 13:30"),
    ],
)
def test_working_time_knows_lunch_nights_and_make_up_days(start, length, expected):
    assert due(start, length) == expected


def test_elapsed_time_asks_no_calendar():
    assert due("2026-02-14 17:50", "24h", Unit.ELAPSED) == "2026-02-15 17:50"


def test_statutory_days_roll_over_the_holiday():
    assert due("2026-02-13 10:00", "5d", Unit.STATUTORY) == "2026-02-24 23:59"
    assert due("2026-03-02 10:00", "5d", Unit.STATUTORY) == "2026-03-09 23:59"


def test_a_statutory_pause_gives_back_its_nights_before_rolling():
    pause = Span(moment("2026-03-03 10:00"), moment("2026-03-04 09:00"))
    assert due("2026-03-02 10:00", "5d", Unit.STATUTORY, pause) == "2026-03-09 23:59"
    assert due("2026-03-02 10:00", "7d", Unit.STATUTORY, pause) == "2026-03-10 23:59"


def test_eighty_percent_of_a_working_clock_is_working_time():
    deadline = reckon(Definition(Unit.WORKING, Length(minutes=30), OFFICE), moment("2026-03-02 11:50"))
    assert at_percent(deadline, 80) == moment("2026-03-02 13:44")
    assert at_percent(deadline, 150) == moment("2026-03-02 14:05")


def test_a_year_nobody_has_announced_says_so():
    deadline = reckon(Definition(Unit.WORKING, Length(days=3), OFFICE), moment("2026-12-30 10:00"))
    assert deadline.unknown_years == (2027,)
    assert "2027" in deadline.warnings[0]
    assert reckon(Definition(Unit.WORKING, Length(days=3), OFFICE), moment("2026-06-30")).warnings == ()


def test_a_new_week_holds_from_its_day_on():
    weeks = (
        WeeklyHours(office_week(parse_hours("09:00-18:00"))),
        WeeklyHours(office_week(parse_hours("10:00-16:00")), from_day=date(2026, 7, 1)),
    )
    summer = WorkingCalendar(name="summer", weeks=weeks)
    day = timedelta(hours=24)
    assert working_between(moment("2026-06-30"), moment("2026-06-30") + day, summer) == timedelta(hours=9)
    assert working_between(moment("2026-07-01"), moment("2026-07-01") + day, summer) == timedelta(hours=6)


def test_a_make_up_day_may_have_hours_of_its_own():
    saturday = {date(2026, 2, 14): DayException(working=True, hours=parse_hours("09:00-12:00"))}
    calendar = WorkingCalendar(name="short", weeks=OFFICE.weeks, exceptions=saturday)
    assert add_working(moment("2026-02-14"), timedelta(hours=4), calendar) == moment("2026-02-16 10:00")


@pytest.mark.parametrize("text", ["", "9-12", "12:00-09:00", "09:00-25:00", "09:00-12:00,11:00-13:00", "09:00-12:61"])
def test_hours_that_make_no_sense_are_refused(text):
    with pytest.raises(BadInput):
        parse_hours(text)


@pytest.mark.parametrize("text", ["", "3", "2w", "-1d", "1.5h", "99999999d"])
def test_lengths_that_make_no_sense_are_refused(text):
    with pytest.raises(BadInput):
        parse_length(text)


def test_a_holiday_file_is_read_whole_or_not_at_all():
    good = (
        '{"days": [{"date": "2027-01-01", "name": "元旦", "isOffDay": true}, {"date": "2027-02-06", "isOffDay": true}]}'
    )
    assert read_holiday_json(good).years == {2027}
    for bad in ("x", "[]", "{}", '{"days": []}', '{"days": [{"date": "2027-13-01", "isOffDay": true}]}'):
        with pytest.raises(BadInput):
            read_holiday_json(bad)


def test_the_last_days_of_the_year_before_do_not_make_it_known():
    days = '{"days": {"2026-12-31": {"off": true}, "2027-01-01": {"off": true}, "2027-05-01": {"off": true}}}'
    assert read_holiday_json(days).years == {2027}


def test_an_icalendar_file_names_days_off_and_make_up_days():
    event = "BEGIN:VEVENT\r\nDTSTART;VALUE=DATE:{}\r\nDTEND;VALUE=DATE:{}\r\nSUMMARY:{}\r\nEND:VEVENT\r\n"
    events = event.format("20270101", "20270104", "元旦 休") + event.format("20270109", "20270110", "元旦 补班")
    read = read_icalendar(f"BEGIN:VCALENDAR\r\n{events}END:VCALENDAR\r\n").days
    assert [read[date(2027, 1, day)].working for day in (1, 2, 3, 9)] == [False, False, False, True]


def test_the_shipped_years_reach_back_and_stop_where_the_notices_stop():
    assert {2024, 2025, 2026} <= announced().years
    assert 2027 not in announced().years
