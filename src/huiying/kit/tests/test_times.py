from datetime import UTC, date, datetime, timedelta

import pytest
from django.utils import translation

from huiying.kit.times import day_in_words, moment_in_words, remaining_in_short, remaining_in_words, span_in_words

NOW = datetime(2026, 11, 23, 2, 0, tzinfo=UTC)  # 10:00 in Shanghai


@pytest.fixture(autouse=True)
def in_english():
    with translation.override("en"):
        yield


@pytest.mark.parametrize(
    ("length", "words"),
    [
        (timedelta(seconds=59), "less than a minute"),
        (timedelta(minutes=25, seconds=40), "25 min"),
        (timedelta(hours=3, minutes=5), "3 h 05 min"),
        (timedelta(hours=4), "4 h"),
        (timedelta(days=2, hours=3, minutes=50), "2 d 3 h"),
        (timedelta(days=9, hours=3), "9 d"),
    ],
)
def test_a_length_is_said_with_two_units_at_most(length, words):
    assert span_in_words(length) == words


def test_a_deadline_is_said_as_left_or_overdue():
    assert remaining_in_words(NOW + timedelta(minutes=25), now=NOW) == "25 min left"
    assert remaining_in_words(NOW - timedelta(minutes=70), now=NOW) == "overdue by 1 h 10 min"


def test_a_card_says_it_in_one_unit():
    assert remaining_in_short(NOW + timedelta(hours=9, minutes=40), now=NOW) == "9 h"
    assert remaining_in_short(NOW + timedelta(days=3, hours=23), now=NOW) == "3 d"
    assert remaining_in_short(NOW - timedelta(minutes=12, seconds=9), now=NOW) == "over by 12 min"


def test_moments_nearby_are_said_by_day():
    assert moment_in_words(NOW - timedelta(minutes=48), now=NOW) == "today 09:12"
    assert moment_in_words(NOW - timedelta(hours=14), now=NOW) == "yesterday 20:00"
    assert moment_in_words(datetime(2026, 3, 5, 1, 12, tzinfo=UTC), now=NOW) == "5 Mar 09:12"
    assert moment_in_words(datetime(2025, 3, 5, 1, 12, tzinfo=UTC), now=NOW) == "5 Mar 2025 09:12"


def test_days_nearby_are_said_by_name():
    assert day_in_words(date(2026, 11, 24), today=date(2026, 11, 23)) == "tomorrow"
    assert day_in_words(date(2027, 1, 2), today=date(2026, 11, 23)) == "2 Jan 2027"
