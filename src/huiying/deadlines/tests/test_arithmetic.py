"""What must hold for every start, length and pause."""

from __future__ import annotations

from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from hypothesis import given
from hypothesis import strategies as st

from huiying.deadlines.arithmetic.calendar import WeeklyHours, WorkingCalendar
from huiying.deadlines.arithmetic.counting import add_working, add_working_days, working_between
from huiying.deadlines.arithmetic.deadline import Definition, Span, at_percent, between, later, reckon
from huiying.deadlines.arithmetic.hours import parse_hours
from huiying.deadlines.arithmetic.state_council import calendar_with_hours, shipped_calendar
from huiying.deadlines.arithmetic.units import Length, Unit

SHANGHAI = ZoneInfo("Asia/Shanghai")
OFFICE = shipped_calendar()
NIGHT = calendar_with_hours(parse_hours("00:00-06:00,20:00-24:00"))
HALF_SATURDAY = WorkingCalendar(
    name="shop",
    weeks=(WeeklyHours((parse_hours("09:00-17:00"),) * 5 + (parse_hours("11:00-14:30"), ())),),
    zone="America/Los_Angeles",
)

calendars = st.sampled_from([OFFICE, NIGHT, HALF_SATURDAY])
FIRST, LAST = datetime(2023, 12, 1), datetime(2026, 12, 31)  # noqa: DTZ001 — the strategy adds the zone
moments = st.datetimes(FIRST, LAST, timezones=st.just(SHANGHAI))
lengths = st.timedeltas(timedelta(), timedelta(hours=400))
pieces = st.tuples(moments, st.timedeltas(timedelta(), timedelta(days=9)))


@given(moments, lengths, calendars)
def test_the_time_added_lies_between(start, length, calendar):
    assert working_between(start, add_working(start, length, calendar), calendar) == length


@given(moments, moments, calendars)
def test_adding_what_lies_between_comes_back_no_later(start, end, calendar):
    time = working_between(start, end, calendar)
    assert add_working(start, time, calendar) <= max(start, end)


@given(moments, lengths, lengths, calendars)
def test_two_steps_are_one(start, first, second, calendar):
    stepwise = add_working(add_working(start, first, calendar), second, calendar)
    assert stepwise == add_working(start, first + second, calendar)


@given(moments, moments, lengths, calendars)
def test_a_later_start_is_never_due_earlier(one, other, length, calendar):
    first, second = sorted([one, other])
    assert add_working(first, length, calendar) <= add_working(second, length, calendar) or not length


@given(moments, st.integers(1, 60), calendars)
def test_working_days_end_on_that_working_day(start, number, calendar):
    due = add_working_days(start, number, calendar)
    day = calendar.local(start).date()
    passed = [day + timedelta(days=n) for n in range(1, (due.date() - day).days + 1)]
    assert sum(map(calendar.is_working_day, passed)) == number
    assert calendar.is_working_day(due.date())


@given(moments, moments, st.integers(0, 30), calendars)
def test_working_days_keep_the_order_of_starts(one, other, number, calendar):
    first, second = sorted([one, other])
    assert add_working_days(first, number, calendar) <= add_working_days(second, number, calendar)


@given(moments, st.integers(0, 90))
def test_statutory_days_end_with_a_working_day(start, number):
    due = reckon(Definition(Unit.STATUTORY, Length(days=number), OFFICE), start).due
    assert OFFICE.is_working_day(due.date())
    assert (due.date() - start.date()).days >= number
    assert (due.hour, due.minute) == (23, 59)


@given(moments, st.integers(1, 5000), st.lists(pieces, max_size=4), st.sampled_from([Unit.WORKING, Unit.ELAPSED]))
def test_pauses_shift_by_exactly_what_they_take(start, minutes, stops, unit):
    definition = Definition(unit, Length(minutes=minutes), OFFICE)
    deadline = reckon(definition, start, [Span(begin, begin + time) for begin, time in stops])
    lost = sum((between(p.start, p.end, unit=unit, calendar=OFFICE) for p in deadline.pauses), timedelta())
    assert deadline.due == later(start, timedelta(minutes=minutes) + lost, unit=unit, calendar=OFFICE)
    assert all(pause.start < deadline.due for pause in deadline.pauses)


@given(moments, st.sampled_from(list(Unit)), st.integers(1, 40), st.lists(pieces, max_size=2))
def test_percentages_climb_to_the_due_moment_and_beyond(start, unit, number, stops):
    definition = Definition(unit, Length(days=number), OFFICE)
    deadline = reckon(definition, start, [Span(begin, begin + time) for begin, time in stops])
    climb = [at_percent(deadline, percent) for percent in (50, 80, 100, 150)]
    assert climb == sorted(climb)
    assert climb[2] == deadline.due
