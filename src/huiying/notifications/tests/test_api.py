"""Programs read notices, answer escalations and choose how their person is told, as the pages do."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.utils import timezone

from huiying.notifications.models import Call, Notice

pytestmark = pytest.mark.django_db
PREFERENCES = "me/notices/preferences"


@pytest.fixture
def wang(town, program):
    return program(town.wang)


def test_notices_are_listed_and_read(town, wang, program, told):
    told(town.wang, headline="C1 冰箱")
    told(town.wang, headline="C2 漏水")
    (newest, _older) = wang.get("notices").json()["items"]
    assert (newest["headline"], newest["by"], newest["event"], newest["read_at"]) == ("C2 漏水", "李强", "given", None)
    assert program(town.chen).get("notices").json()["items"] == []
    assert wang.post(f"notices/{newest['id']}/reading").json()["read_at"]
    assert [one["headline"] for one in wang.get("notices", unread=True).json()["items"]] == ["C1 冰箱"]
    assert program(town.chen).post(f"notices/{newest['id']}/reading").status_code == 404


def test_an_escalation_is_acknowledged_once_for_all(town, wang, program, told):
    both = frozenset({town.wang.pk, town.zhao.pk})
    told(town.wang, town.zhao, event="escalation", weight="escalation", asks=both)
    mine = Notice.objects.get(user=town.wang).pk
    told(town.wang)
    assert wang.get("notices").json()["items"][1]["wants_answer"]
    said = wang.post(f"notices/{mine}/acknowledgement").json()
    assert (said["wants_answer"], said["acknowledged"]["by"]) == (False, "王芳")
    (others,) = program(town.zhao).get("notices").json()["items"]
    assert others["acknowledged"]["by"] == "王芳"
    assert wang.post(f"notices/{Notice.objects.latest('id').pk}/acknowledgement").status_code == 409


def test_nobody_is_waited_for_while_the_night_holds_the_notice_back(town, told, pass_time):
    pass_time(by=timedelta(hours=13))
    told(town.wang, event="escalation", weight="escalation", asks=frozenset({town.wang.pk}))
    assert Call.objects.get().answer_by - timezone.now() > timedelta(hours=9)


def test_preferences_are_read_and_chosen(wang):
    assert wang.get(PREFERENCES).json()["roads"]["given.mine"] == ["app"]
    said = wang.send("PUT", PREFERENCES, {"roads": {"given.mine": ["mail"]}, "rhythm": "daily", "daily_at": "17:30"})
    assert said.status_code == 200
    kept = wang.get(PREFERENCES).json()
    assert (kept["roads"]["given.mine"], kept["rhythm"], kept["daily_at"]) == (["mail"], "daily", "17:30")
    assert (kept["quiet_from"], kept["open"]) == ("22:00", ["app"])
    wang.send("PUT", PREFERENCES, {})
    assert wang.get(PREFERENCES).json()["rhythm"] == "at_once"


@pytest.mark.parametrize(
    "body",
    [
        {"roads": {"nothing.mine": ["app"]}},
        {"roads": {"given.mine": ["pigeon"]}},
        {"quiet_from": "25:00"},
        {"daily_at": "09:00:00+08:00"},
        {"rhythm": "weekly"},
    ],
)
def test_what_cannot_be_chosen_is_refused(wang, body):
    assert wang.send("PUT", PREFERENCES, body).status_code == 422


def test_a_token_that_may_only_read_changes_nothing(town, program):
    reader = program(town.wang, "read")
    assert reader.send("PUT", PREFERENCES, {}).status_code == 403


def test_the_list_costs_the_same_however_long(town, wang, told, django_assert_max_num_queries):
    for _ in range(30):
        told(town.wang)
    with django_assert_max_num_queries(4):
        assert len(wang.get("notices", limit=20).json()["items"]) == 20
