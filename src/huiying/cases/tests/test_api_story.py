"""The main job through the interface, as another program would do it: from the first word to the verified cure."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.utils import timezone

from huiying.cases.models import Category

from .telling import COMPLAINT, done

OFFER = {"text": "更换新机并补偿电费", "remedies": [{"kind": "exchange"}, {"kind": "refund", "amount": "800.00"}]}


@pytest.fixture
def wang(town, program):
    return program(town.wang)


@pytest.fixture
def li(town, program):
    return program(town.li)


@pytest.fixture
def case(wang):
    return f"cases/{done(wang.post('cases', COMPLAINT), 201)['number']}"


def findings():
    cause = Category.objects.in_use().order_by("path").first()
    return {"facts": "门封条变形", "cause": cause.code, "root_cause": "运输挤压", "department": "物流部"}


def accepted(case, by):
    done(by.post(f"{case}/acceptance"))


def investigated(case, by):
    accepted(case, by)
    return done(by.post(f"{case}/investigation", findings()))


def agreed(case, wang, li):
    """Bring the case to where its solution is carried out."""
    investigated(case, wang)
    version = done(wang.post(f"{case}/offers", OFFER), 201)["version"]
    done(li.post(f"{case}/offers/{version}/approval", {"approved": True}))
    return done(wang.post(f"{case}/offers/{version}/decision", {"accepted": True}))


def carried_out(case, by):
    """Let two departments do what was agreed; return the last answer."""
    tomorrow = (timezone.now() + timedelta(days=1)).isoformat()
    asked = [{"title": "上门换机", "department": name, "due_at": tomorrow} for name in ("物流部", "技术支持部")]
    items = [done(by.post(f"{case}/actions", ask), 201)["id"] for ask in asked]
    stages = [done(by.post(f"actions/{item}/completion", {"proof": "已签收"}))["stage"] for item in items]
    assert stages[:-1] == ["executing"]
    return stages[-1]


def test_registering_answers_with_number_stage_customer_and_clocks(wang):
    entered = done(wang.post("cases", COMPLAINT), 201)
    assert entered["number"].startswith("C2026-")
    assert entered["stage"] == "received"
    assert entered["customer"] == {"number": "C000001", "name": "张敏", "tier": "ordinary"}
    clocks = {clock["clock"]: clock for clock in entered["clocks"]}
    assert clocks["accept"]["state"] == "running"
    assert clocks["accept"]["due_at"].startswith("2026-03-02T10:30:")
    assert clocks["accept"]["due_at"].endswith("+08:00")


def test_the_whole_job_from_the_first_word_to_the_verified_cure(case, wang, li):
    assert done(wang.post(f"{case}/acceptance"))["owner"]["username"] == "wangfang"
    assert done(li.post(f"{case}/assignment", {"to": "wangfang", "reason": "熟悉此事"}))["stage"] == "investigating"
    assert done(wang.post(f"{case}/investigation", findings()))["stage"] == "drafting"
    made = done(wang.post(f"{case}/offers", OFFER), 201)
    assert (made["version"], made["amount"], made["approval"]["state"]) == (1, "800.00", "pending")
    assert done(wang.get(case))["stage"] == "drafting"
    approved = done(li.post(f"{case}/offers/1/approval", {"approved": True}))
    assert (approved["stage"], approved["approval"]["by"]["username"]) == ("agreeing", "liqiang")
    assert done(wang.post(f"{case}/offers/1/decision", {"accepted": True}))["stage"] == "executing"
    assert carried_out(case, wang) == "confirming"
    word = {"result": "solved", "rating": "satisfied"}
    assert done(wang.post(f"{case}/confirmation", word))["stage"] == "confirming"
    closed = done(wang.post(f"{case}/closure", {"lesson": "发货前检查门封"}))
    assert (closed["stage"], closed["progress"], closed["clocks"]) == ("closed", 100, [])
    reopened = done(li.post(f"{case}/reopening", {"reason": "又响了"}))
    assert (reopened["stage"], reopened["episode"]) == ("investigating", 2)


def test_partly_solved_goes_back_for_another_offer(case, wang, li):
    agreed(case, wang, li)
    assert carried_out(case, wang) == "confirming"
    word = {"result": "partly", "rating": "fair", "comment": "声音还有一点"}
    assert done(wang.post(f"{case}/confirmation", word))["stage"] == "drafting"
    second = done(wang.post(f"{case}/offers", {"text": "再次上门调平"}), 201)
    assert (second["version"], second["approval"]["state"]) == (2, "not_needed")
    assert done(wang.post(f"{case}/offers/2/decision", {"accepted": True}))["stage"] in {"executing", "confirming"}


def test_the_timeline_tells_the_whole_story_page_by_page(case, wang, li):
    agreed(case, wang, li)
    done(wang.post(f"{case}/messages", {"text": "我们明天上门。", "channel": "phone"}), 201)
    done(wang.post(f"{case}/notes", {"text": "记得带新门封"}), 201)
    cursor, told = "", []
    while cursor is not None:
        page = done(wang.get(f"{case}/timeline", limit=4, cursor=cursor))
        told += page["items"]
        cursor = page["next_cursor"]
    assert [item["at"] for item in told] == sorted(item["at"] for item in told)
    assert len({(item["what"], item["facts"].get("clock"), item["at"], item["verb"]) for item in told}) == len(told)
    assert told[0]["verb"] == "case_registered"
    assert told[1]["message"]["text"] == COMPLAINT["description"]
    assert [item["what"] for item in told[-2:]] == ["message", "note"]
