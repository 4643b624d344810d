"""Quiet hours and the rhythm of mails, on the organisation's clock."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, time

import pytest
from django.utils.dateparse import parse_datetime

from huiying.notifications.habits import PLAIN
from huiying.notifications.timing import after_quiet, next_mail


def at(moment: str) -> datetime:
    return parse_datetime(f"2026-03-{moment}:00+08:00")


@pytest.mark.parametrize(
    ("moment", "leaves"),
    [
        ("02T21:59", "02T21:59"),
        ("02T22:00", "03T08:00"),
        ("03T03:30", "03T08:00"),
        ("03T08:00", "03T08:00"),
    ],
)
def test_what_falls_into_the_night_leaves_in_the_morning(moment, leaves):
    assert after_quiet(PLAIN, at=at(moment)) == at(leaves)


def test_quiet_hours_may_lie_within_one_day():
    midday = replace(PLAIN, quiet_from=time(12), quiet_until=time(13, 30))
    assert after_quiet(midday, at=at("02T12:10")) == at("02T13:30")
    assert after_quiet(midday, at=at("02T23:00")) == at("02T23:00")


def test_twice_the_same_time_means_no_quiet_hours():
    awake = replace(PLAIN, quiet_from=time(8), quiet_until=time(8))
    assert after_quiet(awake, at=at("02T03:00")) == at("02T03:00")


@pytest.mark.parametrize(
    ("rhythm", "moment", "leaves"),
    [
        ("at_once", "02T10:17", "02T10:17"),
        ("hourly", "02T10:17", "02T11:00"),
        ("daily", "02T08:59", "02T09:00"),
        ("daily", "02T09:00", "03T09:00"),
    ],
)
def test_mails_come_in_their_rhythm(rhythm, moment, leaves):
    assert next_mail(replace(PLAIN, rhythm=rhythm), at=at(moment)) == at(leaves)
