"""Who has a case open, as the others on it see it (SPEC K7)."""

from __future__ import annotations

from datetime import timedelta

import pytest

from huiying.cases.models import Presence
from huiying.cases.tests.lodging import lodge


@pytest.fixture
def place(town):
    case = lodge(town.wang, team=town.first_team, owner=town.wang)
    return f"/cases/{case.number}/presence/"


def test_each_sees_what_the_other_does_but_not_oneself(town, as_wang, as_li, place):
    assert as_wang.post(place, {"doing": "viewing"}).content.decode().strip() == ""
    seen = as_li.post(place, {"doing": "typing"}).content.decode()
    assert town.wang.name in seen
    assert town.li.name not in seen
    assert town.li.name in as_wang.post(place, {"doing": "viewing"}).content.decode()


def test_who_left_or_fell_silent_is_not_shown(town, as_wang, as_li, place, pass_time):
    as_wang.post(place, {"doing": "viewing"})
    as_wang.post(place, {"doing": "gone"})
    assert town.wang.name not in as_li.post(place, {"doing": "viewing"}).content.decode()
    pass_time(by=timedelta(minutes=2))
    assert town.li.name not in as_wang.post(place, {"doing": "viewing"}).content.decode()


def test_only_a_change_counts_as_one(town, as_wang, place, pass_time):
    as_wang.post(place, {"doing": "viewing"})
    first = Presence.objects.get().changed_at
    pass_time(by=timedelta(seconds=20))
    as_wang.post(place, {"doing": "viewing"})
    kept = Presence.objects.get()
    assert (kept.changed_at, kept.seen_at > first) == (first, True)
    as_wang.post(place, {"doing": "unsaved"})
    assert Presence.objects.get().changed_at > first


def test_strangers_and_unknown_words_are_refused(as_chen, as_wang, place):
    assert as_chen.post(place, {"doing": "viewing"}).status_code == 404
    assert as_wang.post(place, {"doing": "sleeping"}).status_code == 422
    assert not Presence.objects.exists()


def test_what_is_long_gone_is_forgotten(as_wang, place, pass_time):
    as_wang.post(place, {"doing": "viewing"})
    pass_time(by=timedelta(hours=3))
    assert not Presence.objects.exists()
