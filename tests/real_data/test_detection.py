"""Group incidents in real letters: the marked one is found early and whole; plain complaints raise no alarm (C12)."""

from __future__ import annotations

import csv
import gzip
import json
from datetime import UTC, datetime, timedelta
from random import Random

import pytest

from bench.incidents import read, replayed
from huiying.cases.detection import Told

from .conftest import DATA

TEXT = DATA / "text"
START = datetime(2025, 1, 1, tzinfo=UTC)


@pytest.fixture(scope="module")
def replay():
    return replayed(sorted(read(TEXT / "gov_stream_dev.csv.gz"), key=lambda told: told.at))


@pytest.fixture(scope="module")
def event():
    (event,) = json.loads((TEXT / "gov_stream_events_dev.json").read_text(encoding="utf-8"))
    return event


def finder_of(replay, event):
    return max(replay.suspected.values(), key=lambda one: len(one.letters & set(event["msg_ids"])))


def test_the_marked_event_is_found_before_its_fifth_letter_within_a_week(replay, event):
    raised = finder_of(replay, event).raised_at.replace(tzinfo=None)
    assert raised <= datetime.fromisoformat(event["first_time_5_within_7_days"])


def test_its_letters_are_gathered_and_hardly_any_other(replay, event):
    letters, marked = finder_of(replay, event).letters, set(event["msg_ids"])
    assert len(letters & marked) / len(marked) >= 0.9
    assert len(letters & marked) / len(letters) >= 0.9


def test_one_event_is_one_suspicion(replay, event):
    marked = set(event["msg_ids"])
    assert len([one for one in replay.suspected.values() if len(one.letters & marked) >= 2]) == 1


def test_in_fourteen_months_few_other_matters_are_suspected(replay):
    assert len(replay.suspected) <= 8


@pytest.mark.parametrize("name", ["waimai_dev.csv.gz", "hotel_dev.csv.gz", "online_shopping_dev.csv.gz"])
def test_complaints_that_come_by_chance_raise_no_alarm(name):
    assert not replayed(by_chance(name)).suspected


def by_chance(name):
    """Ten complaints a day by different people, in an order that means nothing."""
    with gzip.open(TEXT / name, "rt", encoding="utf-8", newline="") as file:
        texts = [row["review"] for row in csv.DictReader(file) if row["label"] == "0" and len(row["review"]) > 8]
    random = Random(name)  # noqa: S311 - the order of a test
    random.shuffle(texts)
    return [
        Told(key=key, at=START + key * timedelta(hours=2.4), person=str(key), subject=text[:30], text=text)
        for key, text in enumerate(texts[:1200])
    ]
