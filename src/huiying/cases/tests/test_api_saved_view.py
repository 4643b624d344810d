"""Saved views over the interface: kept, changed, deleted and asked for, by the same rights as on the page."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.utils.timezone import now

from huiying.cases.models import Case, SavedView

from .lodging import lodge
from .telling import done, refused

ASKED = {"name": "咨询", "filters": {"view": "team", "kind": "consultation"}, "audience": "team"}


@pytest.fixture
def li(town, program):
    return program(town.li)


@pytest.fixture
def wang(town, program):
    return program(town.wang)


@pytest.fixture
def view(li):
    return done(li.post("views", ASKED), 201)


def test_a_view_is_saved_and_shown_to_whom_it_is_for(view, li, wang, program, town):
    assert view["filters"] == {"view": "team", "kind": "consultation"}
    shown = [(one["name"], one["may_change"]) for one in done(wang.get("views"))["items"]]
    assert shown == [("咨询", False)]
    assert done(li.get("views"))["items"][0]["may_change"]
    assert done(program(town.chen).get("views"))["items"] == []


def test_a_view_is_changed_and_deleted_by_its_owner(view, li, wang):
    address = f"views/{view['id']}"
    changed = {"name": "投诉", "filters": {"kind": "complaint", "since": "2026-03-01"}}
    assert wang.send("PUT", address, changed).status_code == 404
    assert wang.send("DELETE", address).status_code == 404
    answer = done(li.send("PUT", address, changed))
    assert (answer["name"], answer["audience"], answer["filters"]["since"]) == ("投诉", "me", "2026-03-01")
    assert li.send("DELETE", address).status_code == 204
    assert done(li.get("views"))["items"] == []
    assert SavedView.objects.get().removed_at is not None


def test_sharing_needs_the_right_and_a_filter_must_exist(wang):
    refused(wang.post("views", ASKED), 422, "audience")
    nobody = {"name": "某人", "filters": {"owner": "nobody-here"}}
    refused(wang.post("views", nobody), 422, "owner")
    assert wang.post("views", {"name": "阶段", "filters": {"stage": "lost"}}).status_code == 422
    done(wang.post("views", {"name": "咨询"}), 201)
    refused(wang.post("views", {"name": "咨询"}), 422, "name")


def test_cases_are_asked_for_by_view_and_narrowed_further(view, wang, town, program):
    asked = lodge(town.wang, team=town.first_team, owner=town.wang, kind="consultation", subject="发票抬头开错")
    lodge(town.wang, team=town.first_team, owner=town.wang)
    address = f"cases?view={view['id']}"
    assert [one["number"] for one in done(wang.get(address))["items"]] == [asked.number]
    assert done(wang.get(f"{address}&stage=closed"))["items"] == []
    assert program(town.chen).get(address).status_code == 404


def test_a_view_keeps_its_order_unless_another_is_asked_for(li, wang, town):
    first, second = (lodge(town.wang, team=town.first_team, owner=town.wang) for _case in range(2))
    Case.objects.filter(pk=first.pk).update(due_at=now() + timedelta(hours=1))
    Case.objects.filter(pk=second.pk).update(due_at=now() + timedelta(hours=2))
    kept = {"name": "先到期", "filters": {"view": "all", "sort": "deadline"}, "audience": "team"}
    address = f"cases?view={done(li.post('views', kept), 201)['id']}"
    assert [one["number"] for one in done(wang.get(address))["items"]] == [first.number, second.number]
    newest = done(wang.get(f"{address}&sort=-received_at"))["items"]
    assert [one["number"] for one in newest] == [second.number, first.number]


def test_the_list_of_views_costs_the_same_however_many(li, django_assert_max_num_queries):
    for number in range(12):
        done(li.post("views", ASKED | {"name": f"视图 {number}"}), 201)
    with django_assert_max_num_queries(5):
        assert len(done(li.get("views"))["items"]) == 12
