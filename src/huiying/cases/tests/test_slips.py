"""A second call while the first is being taken down: each keeps its own slip."""

from __future__ import annotations

import pytest

from huiying.cases.models import Case, KeptDraft

FIRST, SECOND = {"description": "冰箱没有送到", "caller_name": "赵一"}, {"description": "洗衣机跳"}
ASKED = {"kind": "complaint", "channel": "phone", "mood": "calm", "urgency": "normal", "level": "general"}


@pytest.fixture
def wang(client, town):
    client.force_login(town.wang)
    return client


def keep(wang, content, slip=1):
    assert wang.post(f"/cases/new/draft/?slip={slip}", {**ASKED, **content}).status_code == 204


def test_a_second_call_begins_empty_and_the_first_waits(wang):
    keep(wang, FIRST)
    page = wang.get("/cases/new/?slip=2")
    assert page.context["form"]["description"].value() is None
    assert [(slip.number, slip.who, slip.what) for slip in page.context["others"]] == [(1, "赵一", "冰箱没有送到")]
    keep(wang, SECOND, slip=2)
    assert wang.get("/cases/new/").context["form"]["description"].value() == "冰箱没有送到"
    assert [slip.number for slip in wang.get("/").context["slips"]] == [1, 2]


def test_finishing_one_call_leaves_the_other(wang):
    keep(wang, FIRST)
    keep(wang, SECOND, slip=2)
    assert wang.post("/cases/new/?slip=2", {**ASKED, **SECOND}).status_code == 302
    assert Case.objects.get().subject == "洗衣机跳"
    assert [slip.number for slip in wang.get("/").context["slips"]] == [1]


def test_a_caller_already_known_does_not_land_on_another_callers_slip(wang, town):
    keep(wang, FIRST)
    page = wang.get(f"/cases/new/?customer={town.zhang.number}")
    assert page.context["slip"] == 2
    assert page.context["form"]["description"].value() is None


def test_what_the_form_begins_with_is_no_draft(wang):
    keep(wang, {"q": "8000"})
    assert not KeptDraft.objects.exists()
    assert wang.get("/cases/new/?slip=99").context["slip"] == 1
