"""Work handed over by a program."""

from __future__ import annotations

from datetime import date

import pytest

from huiying.engagement.models import Succession
from huiying.engagement.tests.test_pool import entered, fresh

FRIDAY = date(2026, 3, 6)


@pytest.fixture
def robot(fang, program):
    return program(fang)


def asked(**more):
    return {"who": "lin", "to": ["wangfang"], "reason": "离职", "kinds": ["customers", "needs"], **more}


def test_a_program_previews_hands_over_and_puts_back(town, leaving, robot):
    (share,) = robot.post("hand-overs/preview", asked()).json()
    assert (share["to"]["username"], share["counts"]) == ("wangfang", {"customers": 3, "needs": 1})
    made = robot.post("hand-overs", asked())
    assert made.status_code == 201
    assert (made.json()["state"], made.json()["counts"]["given"]) == ("done", 4)
    place = f"hand-overs/{made.json()['id']}"
    things = robot.get(f"{place}/things", result="given", limit=3).json()
    assert {thing["kind"] for thing in things["items"]} == {"customers"}
    assert things["next_cursor"]
    assert [one["id"] for one in robot.get("hand-overs", state="done").json()["items"]] == [made.json()["id"]]
    assert robot.post(f"{place}/undoing").json()["counts"]["restored"] == 4
    assert fresh(leaving[0]).owner == town.lin
    assert robot.post(f"{place}/undoing").status_code == 409


def test_sent_twice_with_one_key_it_is_done_once(town, leaving, robot):
    first = robot.post("hand-overs", asked(), key="lin-leaves")
    again = robot.post("hand-overs", asked(), key="lin-leaves")
    assert first.json() == again.json()
    assert Succession.objects.count() == 1


def test_a_later_day_is_planned_and_called_off(town, leaving, robot):
    made = robot.post("hand-overs", asked(on=FRIDAY.isoformat(), among={"tiers": ["vip"]})).json()
    assert (made["state"], made["on"]) == ("planned", FRIDAY.isoformat())
    place = f"hand-overs/{made['id']}"
    assert robot.post(f"{place}/calling-off").json()["state"] == "off"
    assert robot.post(f"{place}/calling-off").status_code == 409
    assert fresh(leaving[0]).owner == town.lin


@pytest.mark.parametrize(
    "wrong",
    [
        {"who": "chenjing"},
        {"to": ["nobody"]},
        {"to": ["sungong"]},
        {"to": ["lin"]},
        {"kinds": ["houses"]},
        {"own": {"houses": "wangfang"}},
        {"among": {"tag": "没有的标签"}},
        {"reason": ""},
        {"on": "2026-02-01"},
    ],
)
def test_what_cannot_be_is_refused_and_nothing_moves(town, leaving, robot, wrong):
    assert robot.post("hand-overs", asked(**wrong)).status_code == 422
    assert not Succession.objects.exists()


def test_others_neither_hand_over_nor_see_it(town, leaving, robot, program):
    made = robot.post("hand-overs", asked()).json()
    assert program(town.wang).post("hand-overs", asked()).status_code == 403
    stranger = program(town.li)
    assert stranger.post("hand-overs", asked()).status_code == 422
    assert stranger.get(f"hand-overs/{made['id']}").status_code == 404
    assert stranger.get("hand-overs").json()["items"] == []


def test_a_token_that_may_only_read_hands_nothing_over(town, leaving, fang, program):
    assert program(fang, "read").post("hand-overs", asked()).status_code == 403


def test_a_list_costs_no_more_for_more_batches(town, leaving, robot, django_assert_max_num_queries):
    for n in range(24):
        entered(f"甲{n}", owner=town.lin)
        robot.post("hand-overs", asked(kinds=["customers"]))
    with django_assert_max_num_queries(8):
        assert len(robot.get("hand-overs").json()["items"]) == 24
