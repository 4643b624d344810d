"""Dated examples on the Chinese calendar, several hundred for each unit; see examples/ and naive.py."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from .naive import due, works
from .stories import examples, played, reckoned, told

UNITS = ("working", "elapsed", "statutory")
BY_HAND = [(unit, each) for unit in UNITS for each in examples(unit) if each.origin == "by hand"]

# The State Council's notices 国办发明电〔2023〕7号, 〔2024〕12号 and 〔2025〕7号, read a second time.
OFF = """
2024-01-01/2024-01-01 2024-02-10/2024-02-17 2024-04-04/2024-04-06 2024-05-01/2024-05-05 2024-06-10/2024-06-10
2024-09-15/2024-09-17 2024-10-01/2024-10-07
2025-01-01/2025-01-01 2025-01-28/2025-02-04 2025-04-04/2025-04-06 2025-05-01/2025-05-05 2025-05-31/2025-06-02
2025-10-01/2025-10-08
2026-01-01/2026-01-03 2026-02-15/2026-02-23 2026-04-04/2026-04-06 2026-05-01/2026-05-05 2026-06-19/2026-06-21
2026-09-25/2026-09-27 2026-10-01/2026-10-07
"""
MADE_UP = """
2024-02-04 2024-02-18 2024-04-07 2024-04-28 2024-05-11 2024-09-14 2024-09-29 2024-10-12
2025-01-26 2025-02-08 2025-04-27 2025-09-28 2025-10-11
2026-01-04 2026-02-14 2026-02-28 2026-05-09 2026-09-20 2026-10-10
"""


def test_the_notices_read_a_second_time_say_the_same_of_every_day():
    spans = [tuple(map(date.fromisoformat, span.split("/"))) for span in OFF.split()]
    made_up = set(map(date.fromisoformat, MADE_UP.split()))
    for number in range((date(2026, 12, 31) - date(2024, 1, 1)).days + 1):
        day = date(2024, 1, 1) + timedelta(days=number)
        off = any(first <= day <= last for first, last in spans)
        assert works(day) is (day in made_up or (day.weekday() < 5 and not off)), day


@pytest.mark.parametrize("unit", UNITS)
def test_there_are_examples_enough_and_none_twice(unit):
    told = [(each.story, each.origin) for each in examples(unit)]
    assert len({story for story, _origin in told}) == len(told) >= 200
    assert sum(origin == "by hand" for _story, origin in told) >= 30


@pytest.mark.parametrize(("unit", "example"), BY_HAND, ids=lambda each: getattr(each, "why", each))
def test_what_was_worked_out_by_hand(unit, example):
    story = example.story
    assert told(story, played(story)) == example.due
    assert not story.is_plain or told(story, reckoned(story)) == example.due
    changes_unit = any(step.word == "unit" for step in story.steps)
    assert due(story) == example.due or (changes_unit and unit == "statutory")


@pytest.mark.parametrize("unit", UNITS)
def test_what_was_worked_out_minute_by_minute(unit):
    for each in examples(unit):
        assert told(each.story, played(each.story)) == each.due, each
        assert not each.story.is_plain or told(each.story, reckoned(each.story)) == each.due, each
