"""Whoever adds up the lines of “why this deadline?” gets the sum that stands beside them."""

from __future__ import annotations

from datetime import timedelta

from huiying.deadlines.arithmetic.explanation import Line, LineKind

NEARLY_TWO_47 = timedelta(hours=2, minutes=46, seconds=50)
REST = timedelta(hours=4) - NEARLY_TWO_47


def test_seconds_are_not_lost_between_two_days():
    first = Line(LineKind.DAY, "", NEARLY_TWO_47, NEARLY_TWO_47)
    second = Line(LineKind.DAY, "", REST, timedelta(hours=4))
    assert [first.counted_said, second.counted_said] == ["2 小时 46 分", "1 小时 14 分"]
    assert second.total_said == "4 小时"


def test_less_than_a_minute_is_said_in_seconds():
    assert Line(LineKind.DAY, "", timedelta(seconds=20), timedelta(seconds=20)).counted_said == "20 秒"
