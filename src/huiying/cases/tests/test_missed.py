"""Which clocks broke this week, whose time it was, and which rule sent the case there (SPEC C6, contract 12)."""

from __future__ import annotations

from datetime import date, timedelta
from io import BytesIO

import pytest
from python_calamine import CalamineWorkbook

from conftest import MONDAY_MORNING
from huiying.cases.actions import Caller, Draft, accept, accept_handover, assign, register
from huiying.cases.queries.missed import Week, missed_in
from huiying.cases.tests.lodging import WORDS
from huiying.deadlines.actions import sweep

HOUR = timedelta(hours=1)


@pytest.fixture
def registered(town, actor):
    """Return a new complaint as often as asked."""
    draft = Draft(kind="complaint", channel="phone", description=WORDS, caller=Caller(customer=town.zhang))
    return lambda: register(draft, by=actor(town.wang), at=MONDAY_MORNING)


@pytest.fixture
def case(registered):
    return registered()


@pytest.fixture
def late(case, town, actor):
    """A complaint that logistics had for most of its 24 hours, and that broke there."""
    accept(case, by=actor(town.wang), at=case.received_at)
    assign(case, to=town.sun, by=actor(town.li), at=case.received_at + 4 * HOUR)
    accept_handover(case, by=actor(town.sun), at=case.received_at + 4 * HOUR)
    sweep(case.received_at + 30 * HOUR)
    return case


def resolve_of(week):
    return next(one for one in week.rows if one.clock.kind == "resolve")


def test_it_says_whose_time_it_was_and_which_rule_sent_it(late, town, actor):
    week = missed_in(Week.of(late.received_at.date()), by=actor(town.li), now=late.received_at + 30 * HOUR)
    one = resolve_of(week)
    assert (one.case, one.late_by, one.is_open) == (late, 6 * HOUR, True)
    assert (one.mostly.owner, one.mostly.department, one.mostly.used) == (town.sun.name, "物流部", 26 * HOUR)
    assert one.rule == late.routing["rule"]
    assert "物流部" in [blamed.department for blamed in week.departments]


def test_another_week_and_another_team_have_none_of_it(late, town, actor):
    now = late.received_at + 30 * HOUR
    assert missed_in(Week.of(date(2026, 2, 16)), by=actor(town.li), now=now).rows == []
    assert missed_in(Week.of(late.received_at.date()), by=actor(town.chen), now=now).rows == []


def test_the_look_ups_do_not_grow(late, registered, town, actor, django_assert_max_num_queries):
    week, now = Week.of(late.received_at.date()), late.received_at + 60 * HOUR
    for _more in range(5):
        other = registered()
        assign(accept(other, by=actor(town.wang), at=other.received_at), to=town.sun, by=actor(town.li), at=now)
    sweep(now)
    with django_assert_max_num_queries(4):
        assert len(missed_in(week, by=actor(town.li), now=now).rows) > 6


def test_the_page_tells_it_and_the_workbook_too(late, town, as_li, pass_time):
    pass_time(to=late.received_at + 30 * HOUR)
    page = as_li.get("/cases/missed/", {"week": f"{late.received_at:%Y-%m-%d}"}).content.decode()
    assert late.number in page
    assert "物流部" in page
    sheet = as_li.get("/cases/missed/export.xlsx", {"week": f"{late.received_at:%Y-%m-%d}"})
    rows = CalamineWorkbook.from_filelike(BytesIO(sheet.content)).get_sheet_by_index(0).to_python()
    assert late.number in [row[2] for row in rows]


@pytest.mark.parametrize("day", ["0001-01-01", "9999-12-31"])
def test_a_week_outside_all_calendars_is_no_week(as_li, day):
    assert as_li.get("/cases/missed/", {"week": day}).status_code == 422


def test_what_is_no_day_is_said(as_li):
    assert as_li.get("/cases/missed/", {"week": "2026-99-99"}).status_code == 422
