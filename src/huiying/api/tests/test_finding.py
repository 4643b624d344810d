"""Searching, and following what happens: everybody finds and hears of what they may see, and of nothing else."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.utils import timezone

from huiying.journal.models import Entry
from huiying.journal.tail import settled

CASE = {"kind": "complaint", "description": "冰箱门关不严，夜里一直响。", "customer": {"number": "C000001"}}


@pytest.fixture
def number(town, program):
    return program(town.wang).post("cases", CASE).json()["number"]


def followed(by, cursor="", **asked):
    """Return everything told since the cursor, and the cursor after it."""
    told = []
    while True:
        page = by.get("events", cursor=cursor, **asked).json()
        told += page["items"]
        cursor = page["next_cursor"]
        if not page["items"]:
            return told, cursor


@pytest.mark.parametrize("words", ["冰箱", "门关", "{number}"])
def test_a_case_is_found_by_two_characters_and_its_number(number, town, program, words):
    found = program(town.li).get("search", q=words.format(number=number)).json()["items"]
    assert {"what": "case", "number": number, "title": CASE["description"]} in found
    assert program(town.chen).get("search", q=words.format(number=number)).json()["items"] == []


def test_a_customer_is_found_by_the_end_of_the_phone_number(number, town, program):
    found = program(town.wang).get("search", q="8000").json()["items"]
    assert [(one["what"], one["number"]) for one in found] == [("customer", "C000001")]


def test_search_asks_for_words(town, program):
    assert program(town.wang).get("search").json()["field"] == "q"
    assert program(town.wang).get("search", q="").status_code == 422


def test_events_tell_each_deed_once_to_who_may_see_it(number, town, program, pass_time):
    pass_time(by=timedelta(minutes=2))  # on PostgreSQL other tests left gaps
    li = program(town.li)
    told, cursor = followed(li, limit=1)
    assert [event["verb"] for event in told if event["number"] == number] == ["case_registered"]
    program(town.wang).post(f"cases/{number}/acceptance")
    pass_time(by=timedelta(minutes=2))
    later, _cursor = followed(li, cursor)
    assert [(event["verb"], event["what"], event["number"]) for event in later] == [("case_accepted", "case", number)]
    assert followed(program(town.chen))[0] == []


def test_a_cursor_of_another_list_is_refused(number, town, program):
    wang = program(town.wang)
    program(town.wang).post("cases", CASE)
    other = wang.get("cases", limit=1).json()["next_cursor"]
    assert other
    assert wang.get("events", cursor=other).json()["field"] == "cursor"


def test_events_wait_for_a_number_that_may_still_appear(town):
    first = Entry.objects.order_by("-id").first()
    late = Entry(
        pk=first.pk + 2, at=first.at, verb=first.verb, subject_type="x", subject_id=1, actor_kind="system", facts={}
    )
    late.save(force_insert=True)
    now = timezone.now()
    assert settled(first.pk, now=now, at_most=10) == []
    assert settled(first.pk, now=now + timedelta(minutes=2), at_most=10) == [late]
