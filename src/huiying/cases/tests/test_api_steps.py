"""Each step over the interface, its success and its refusals side by side."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils import timezone

from huiying.cases.models import Case, Category

from .telling import COMPLAINT, done, refused


@pytest.fixture
def wang(town, program):
    return program(town.wang)


@pytest.fixture
def li(town, program):
    return program(town.li)


@pytest.fixture
def case(wang):
    return f"cases/{done(wang.post('cases', COMPLAINT), 201)['number']}"


@pytest.fixture
def drafting(case, wang):
    """A case whose facts and cause are known."""
    done(wang.post(f"{case}/acceptance"))
    done(wang.post(f"{case}/investigation", findings()))
    return case


@pytest.fixture
def executing(drafting, wang):
    done(wang.post(f"{drafting}/offers", {"text": "换新"}), 201)
    done(wang.post(f"{drafting}/offers/1/decision", {"accepted": True}))
    return drafting


def findings(**more):
    cause = Category.objects.in_use().order_by("path").first()
    known = {"facts": "门封条变形", "cause": cause.code, "root_cause": "运输挤压", "department": "物流部"}
    return {**known, **more}


def soon():
    return (timezone.now() + timedelta(days=1)).isoformat()


def test_a_case_is_accepted_once_by_who_may(case, wang, town, program):
    refused(program(town.wang, "read").post(f"{case}/acceptance"), 403)
    promise = {"promise": {"text": "今天回电", "due_at": soon()}}
    accepted = done(wang.post(f"{case}/acceptance", promise))
    assert accepted["stage"] == "accepted"
    assert "promise" in {clock["clock"] for clock in accepted["clocks"]}
    refused(wang.post(f"{case}/acceptance"), 409)


def test_a_supervisor_assigns_to_a_person_or_a_team(case, wang, li, town):
    refused(wang.post(f"{case}/assignment", {"to": "liqiang"}), 403)
    refused(li.post(f"{case}/assignment", {"to": "nobody-here"}), 422, "to")
    refused(li.post(f"{case}/assignment", {"team": "月球组"}), 422, "team")
    refused(li.post(f"{case}/assignment", {}), 422, "to")
    refused(li.post(f"{case}/assignment", {"to": "liqiang", "team": "投诉一组"}), 422, "to")
    assert done(li.post(f"{case}/assignment", {"to": town.li.pk}))["owner"]["username"] == "liqiang"
    given = done(li.post(f"{case}/assignment", {"team": "投诉一组", "reason": "轮到别人"}))
    assert (given["team"]["name"], given["owner"]) == ("投诉一组", None)


def test_findings_name_a_cause_and_departments_that_are_there(case, wang):
    refused(wang.post(f"{case}/investigation", findings()), 409)
    done(wang.post(f"{case}/acceptance"))
    for change, field in (
        ({"cause": "no-such-cause"}, "cause"),
        ({"department": "月球部"}, "department"),
        ({"facts": " "}, "facts"),
        ({"shares": [{"department": "物流部", "percent": 60}]}, "shares"),
        ({"shares": [{"department": "物流部", "percent": 50}] * 2}, "shares"),
        ({"shares": [{"department": "物流部", "percent": 101}]}, "shares.0.percent"),
    ):
        refused(wang.post(f"{case}/investigation", findings(**change)), 422, field)
    shares = [{"department": "物流部", "percent": 70}, {"department": "Quality", "percent": 30}]
    assert done(wang.post(f"{case}/investigation", findings(shares=shares)))["stage"] == "drafting"
    recorded = done(wang.get(case))["investigation"]
    assert [(share["department"]["name"], share["percent"]) for share in recorded["shares"]] == [
        ("物流部", 70),
        ("质量管理部", 30),
    ]


@pytest.mark.parametrize(
    ("change", "field"),
    [
        ({"text": " "}, "text"),
        ({"remedies": [{"kind": "gold"}]}, "remedies.0.kind"),
        ({"remedies": [{"kind": "refund", "amount": "-1"}]}, "remedies.0.amount"),
        ({"remedies": [{"kind": "refund", "amount": "1.234"}]}, "remedies.0.amount"),
        ({"remedies": [{"kind": "refund", "amount": "99999999999"}]}, "remedies.0.amount"),
        ({"remedies": [{"kind": "refund", "amount": "NaN"}]}, "remedies.0.amount"),
        ({"remedies": [{"kind": "refund"}] * 51}, "remedies"),
        ({"valid_until": "2020-01-01T00:00:00Z"}, "valid_until"),
    ],
)
def test_an_offer_that_makes_no_sense_names_its_field(drafting, wang, change, field):
    refused(wang.post(f"{drafting}/offers", {"text": "换新", **change}), 422, field)


def test_an_offer_needs_findings_first(case, wang):
    done(wang.post(f"{case}/acceptance"))
    refused(wang.post(f"{case}/offers", {"text": "换新"}), 409)


def test_nobody_approves_their_own_offer_nor_beyond_their_limit(drafting, wang, li, town, program):
    dear = {"text": "退款", "remedies": [{"kind": "refund", "amount": "5000.00"}]}
    assert done(wang.post(f"{drafting}/offers", dear), 201)["approval"] == {
        "state": "pending",
        "by": None,
        "comment": "",
    }
    refused(wang.post(f"{drafting}/offers/1/approval", {"approved": True}), 403)
    refused(li.post(f"{drafting}/offers/1/approval", {"approved": True}), 403)
    refused(wang.post(f"{drafting}/offers/1/decision", {"accepted": True}), 409)
    zhao = program(town.zhao)
    refused(zhao.post(f"{drafting}/offers/1/approval", {"approved": False}), 422, "comment")
    refusal = done(zhao.post(f"{drafting}/offers/1/approval", {"approved": False, "comment": "太多"}))
    assert (refusal["state"], refusal["approval"]["state"], refusal["stage"]) == ("refused", "refused", "drafting")
    refused(zhao.post(f"{drafting}/offers/1/approval", {"approved": True}), 409)
    refused(zhao.post(f"{drafting}/offers/2/approval", {"approved": True}), 404)


def test_who_declines_says_what_should_be_different(drafting, wang):
    done(wang.post(f"{drafting}/offers", {"text": "换新"}), 201)
    refused(wang.post(f"{drafting}/offers/1/decision", {"accepted": False}), 422, "comment")
    declined = done(wang.post(f"{drafting}/offers/1/decision", {"accepted": False, "comment": "要退款"}))
    assert declined["stage"] == "drafting"
    refused(wang.post(f"{drafting}/offers/1/decision", {"accepted": True}), 409)


def test_a_department_completes_its_own_items_only(executing, wang, town, program):
    sun, chen = program(town.sun), program(town.chen)
    ask = {"title": "上门取旧机", "department": "物流部", "due_at": soon()}
    refused(wang.post(f"{executing}/actions", {**ask, "due_at": "2020-01-01T00:00:00Z"}), 422, "due_at")
    first = done(wang.post(f"{executing}/actions", ask), 201)["id"]
    second = done(wang.post(f"{executing}/actions", {**ask, "after": first}), 201)["id"]
    refused(chen.post(f"actions/{first}/completion", {"proof": "好了"}), 404)
    refused(sun.post(f"actions/{first}/completion", {"proof": " "}), 422, "proof")
    refused(sun.post(f"actions/{second}/completion", {"proof": "好了"}), 409)
    assert done(sun.post(f"actions/{first}/completion", {"proof": "已取"}))["stage"] == "executing"
    refused(sun.post(f"actions/{first}/completion", {"proof": "又取"}), 409)
    refused(wang.post(f"actions/{second}/dropping", {"reason": ""}), 422, "reason")
    assert done(wang.post(f"actions/{second}/dropping", {"reason": "不用了"}))["stage"] == "confirming"
    refused(sun.post("actions/999999/completion", {"proof": "好了"}), 404)
    refused(sun.post(f"actions/{2**70}/completion", {"proof": "好了"}), 422, "item_id")


def test_closing_needs_the_customers_word_or_three_attempts(executing, wang):
    refused(wang.post(f"{executing}/confirmation", {"result": "solved", "rating": "satisfied"}), 409)
    item = done(wang.post(f"{executing}/actions", {"title": "换机", "department": "物流部", "due_at": soon()}), 201)
    done(wang.post(f"actions/{item['id']}/completion", {"proof": "已换"}))
    refused(wang.post(f"{executing}/confirmation", {"result": "perhaps", "rating": "satisfied"}), 422, "result")
    refused(wang.post(f"{executing}/closure"), 409)
    for _turn in range(3):
        done(wang.post(f"{executing}/attempts", {"channel": "phone", "note": "无人接听"}), 201)
    assert done(wang.post(f"{executing}/closure"))["stage"] == "closed"
    refused(wang.post(f"{executing}/closure"), 409)


def test_only_who_may_reopens_what_has_ended(case, wang, li):
    refused(li.post(f"{case}/reopening", {"reason": "又坏了"}), 409)
    refused(wang.post(f"{case}/withdrawal", {"reason": "客户撤回"}), 403)
    assert done(li.post(f"{case}/withdrawal", {"reason": "客户撤回"}))["stage"] == "withdrawn"
    refused(wang.post(f"{case}/reopening", {"reason": "又坏了"}), 403)
    refused(li.post(f"{case}/reopening", {"reason": " "}), 422, "reason")
    assert done(li.post(f"{case}/reopening", {"reason": "又坏了"}))["episode"] == 2


def test_invalid_needs_a_second_pair_of_eyes(case, li, town, program):
    refused(li.post(f"{case}/discard/second-look", {"agreed": True}), 404)
    done(li.post(f"{case}/discard", {"reason": "重复"}), 201)
    assert done(li.get(case))["discard"]["reason"] == "重复"
    refused(li.post(f"{case}/discard/second-look", {"agreed": True}), 403)
    agreed = done(program(town.zhao).post(f"{case}/discard/second-look", {"agreed": True}))
    assert agreed["stage"] == "invalid"


def test_words_and_notes_reach_the_conversation(case, wang, town, program):
    refused(wang.post(f"{case}/messages", {"text": " "}), 422, "text")
    refused(wang.post(f"{case}/messages", {"text": "您好", "channel": "email"}), 422, "channel")
    said = done(wang.post(f"{case}/messages", {"text": "我们明天上门。", "channel": "phone"}), 201)
    assert (said["direction"], said["author"]) == ("out", "王芳")
    heard = done(wang.post(f"{case}/messages", {"text": "好的", "channel": "chat", "direction": "in"}), 201)
    assert heard["author"] == "张敏"
    assert done(wang.get(case))["awaits_answer_since"]
    refused(program(town.wang, "read").post(f"{case}/notes", {"text": "记一笔"}), 403)
    refused(wang.post(f"{case}/notes", {"text": "记一笔", "mentions": ["nobody-here"]}), 422, "mentions")
    assert (
        done(wang.post(f"{case}/notes", {"text": "记一笔", "mentions": ["liqiang"]}), 201)["author"]["name"] == "王芳"
    )


def test_a_file_comes_back_as_it_was_sent(case, wang, settings):
    address = f"/api/v1/{case}/attachments"
    files = [SimpleUploadedFile("门.png", b"\x89PNG\r\n\x1a\n" + b"0" * 20), SimpleUploadedFile("x.html", b"<script>")]
    kept = done(wang.client.post(address, {"attachments": files, "channel": "web"}), 201)["attachments"]
    assert [(one["name"], one["content_type"]) for one in kept] == [("门.png", "image/png"), ("x.html", "text/plain")]
    fetched = wang.client.get(f"{address}/{kept[0]['id']}")
    assert b"".join(fetched.streaming_content).startswith(b"\x89PNG")
    assert fetched["Content-Disposition"].startswith("attachment")
    refused(wang.client.get(f"{address}/{kept[1]['id'] + 999}"), 404)
    refused(wang.client.post(address, {}), 422, "attachments")
    settings.ATTACHMENT_LIMIT = 10
    large = SimpleUploadedFile("large.txt", b"0" * 11)
    refused(wang.client.post(address, {"attachments": [large]}), 422, "attachments")


def test_a_correction_changes_what_is_sent_and_nothing_else(case, wang, li):
    corrected = done(wang.patch(case, {"version": 1, "level": "major", "product": "BCD-520"}))
    assert (corrected["level"], corrected["product"], corrected["subject"]) == (
        "major",
        "BCD-520",
        COMPLAINT["subject"],
    )
    refused(li.patch(case, {"version": 1, "level": "complex"}), 409, "level")
    assert done(li.patch(case, {"version": corrected["version"], "level": "complex"}))["level"] == "complex"
    for change, field in (
        ({"stage": "closed"}, "stage"),
        ({"subject": ""}, "subject"),
        ({"subject": None}, "subject"),
        ({"contact": 999}, "contact"),
    ):
        refused(wang.patch(case, {"version": 9, **change}), 422, field)
    refused(wang.patch(case, {"level": "major"}), 422, "version")


def test_what_a_case_costs_in_statements_does_not_grow(executing, wang, django_assert_max_num_queries):
    def counted():
        with django_assert_max_num_queries(30) as asked:
            done(wang.get(executing))
        return len(asked)

    few = counted()
    for turn in range(4):
        item = {"title": f"第{turn}件", "department": "物流部", "due_at": soon()}
        done(wang.post(f"{executing}/actions", item), 201)
        done(wang.post(f"{executing}/promises", {"text": "回电", "due_at": soon()}), 201)
    assert counted() == few


def test_lists_and_timelines_cost_the_same_however_long(case, wang, django_assert_num_queries):
    for _turn in range(5):
        done(wang.post("cases", COMPLAINT), 201)
        done(wang.post(f"{case}/messages", {"text": "您好", "channel": "phone"}), 201)
    with django_assert_num_queries(2):
        done(wang.get("cases"))
    with django_assert_num_queries(6):
        done(wang.get(f"{case}/timeline"))
    assert Case.objects.count() == 6


def test_registering_costs_few_statements(wang, django_assert_max_num_queries):
    done(wang.post("cases", COMPLAINT), 201)
    with django_assert_max_num_queries(24) as asked:
        done(wang.post("cases", COMPLAINT, key="counted"), 201)
    statements = [one["sql"] for one in asked if not one["sql"].startswith(("SAVEPOINT", "RELEASE"))]
    assert len(statements) <= 17, "\n".join(statements)
