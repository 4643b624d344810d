"""Registering, listing and reading cases over the interface."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta

import pytest
from django.db import connection
from django.utils import timezone

from huiying.cases.models import Case, Category
from huiying.customers.models import Customer

from .telling import COMPLAINT, done, refused


@pytest.fixture
def wang(town, program):
    return program(town.wang)


def register(by, **more):
    return done(by.post("cases", {**COMPLAINT, **more}), 201)


def numbers(answer):
    return [case["number"] for case in done(answer)["items"]]


def test_a_caller_without_a_number_is_entered_once(wang):
    caller = {"name": "周晓", "phone": "13912345678", "email": "zhou@example.com"}
    first = register(wang, customer=caller)
    assert first["customer"]["name"] == "周晓"
    assert register(wang, customer=caller)["customer"] == first["customer"]
    assert Customer.objects.filter(name="周晓").count() == 1


def test_an_anonymous_caller_has_no_customer(wang):
    entered = register(wang, customer={"name": "一位先生"})
    assert (entered["customer"], entered["caller_name"]) == (None, "一位先生")


def test_the_same_outside_number_gives_the_same_case(wang, town, program):
    first = register(wang, external_ref="SHOP-7")
    again = done(wang.post("cases", {**COMPLAINT, "external_ref": "SHOP-7"}), 200)
    assert again["number"] == first["number"]
    assert register(program(town.li), external_ref="SHOP-7")["number"] != first["number"]  # another program's own
    assert Case.objects.count() == 2


def test_an_outside_number_hidden_from_the_caller_is_a_conflict(wang, town, program):
    register(wang, external_ref="SHOP-7", source="shop")
    refused(program(town.chen).post("cases", {**COMPLAINT, "external_ref": "SHOP-7", "source": "shop"}), 409)
    assert Case.objects.count() == 1


@pytest.mark.parametrize(
    ("change", "field"),
    [
        ({"kind": "riddle"}, "kind"),
        ({"channel": "pigeon"}, "channel"),
        ({"level": ""}, "level"),
        ({"urgency": 3}, "urgency"),
        ({"subject": "长" * 201}, "subject"),
        ({"subject": "a\0b"}, "subject"),
        ({"subject": ["a"]}, "subject"),
        ({"category": "no-such-cause"}, "category"),
        ({"category": 2**70}, "category"),
        ({"customer": {"number": "C999999"}}, "customer"),
        ({"customer": "C000001"}, "customer"),
        ({"customer": {"phone": "12"}}, "phone"),
        ({"customer": {"name": "周晓", "email": "no address"}}, "email"),
        ({"occurred_at": "2026-03-02"}, "occurred_at"),
        ({"occurred_at": "0000-01-01T00:00:00Z"}, "occurred_at"),
        ({"occurred_at": "9999-12-31T23:59:59-12:00"}, "occurred_at"),
        ({"occurred_at": 1772416800}, "occurred_at"),
        ({"tags": ["a"] * 21}, "tags"),
        ({"subject": "", "description": " "}, "description"),
        ({"promise": {"text": "回电", "due_at": "2020-01-01T00:00:00Z"}}, "promise_due_at"),
    ],
)
def test_what_cannot_be_registered_names_its_field(wang, change, field):
    refused(wang.post("cases", {**COMPLAINT, **change}), 422, field)
    assert not Case.objects.exists()


@pytest.mark.parametrize(
    ("body", "status"),
    [
        (b"", 422),
        (b"[]", 422),
        (b"null", 422),
        (b"{", 400),
        (b'{"kind": NaN}', 400),
        (b'"\xff"', 400),
        (b"[" * 100_000, 400),
    ],
)
def test_a_body_that_cannot_be_read_is_said(wang, body, status):
    refused(wang.send("POST", "cases", body), status)


def test_a_form_is_the_wrong_content_type_and_a_flood_too_large(wang):
    refused(wang.client.post("/api/v1/cases", {"kind": "complaint"}), 415)
    refused(wang.send("POST", "cases", b'{"kind": "' + b"x" * 6_000_000 + b'"}'), 413)


def test_a_token_that_may_only_read_registers_nothing(town, program):
    reader = program(town.wang, "read")
    refused(reader.post("cases", COMPLAINT), 403)
    assert done(reader.get("cases"))["items"] == []


def test_a_colleague_may_not_register_but_a_clerk_may(town, program, wang):
    refused(program(town.sun).post("cases", COMPLAINT), 403)
    register(wang)


def test_a_stranger_finds_neither_the_case_nor_a_way_to_it(town, program, wang):
    case, chen = f"cases/{register(wang)['number']}", program(town.chen)
    for path in (case, f"{case}/timeline", f"{case}/clocks", f"{case}/attachments/1"):
        refused(chen.get(path), 404)
    for step in ("acceptance", "closure"):
        refused(chen.post(f"{case}/{step}"), 404)
    refused(chen.post(f"{case}/notes", {"text": "偷看"}), 404)
    refused(chen.patch(case, {"version": 1, "level": "major"}), 404)
    assert numbers(chen.get("cases")) == []
    assert done(program(town.zhao).get(case))["number"] == case.removeprefix("cases/")


def test_the_list_narrows(town, program, wang):
    category = Category.objects.in_use().exclude(parent=None).first()
    first = register(wang, level="major", category=category.code, subject="保温杯漏水")["number"]
    second = register(wang, kind="fault", customer={"name": "周晓", "phone": "13912345678"})["number"]
    done(wang.post(f"cases/{first}/acceptance"))
    asked = [
        ({"stage": "accepted"}, [first]),
        ({"stage": ["accepted", "received"], "sort": "received_at"}, [first, second]),
        ({"owner": "wangfang", "level": "major"}, [first]),
        ({"owner": "me", "stage": "accepted"}, [first]),
        ({"kind": "fault"}, [second]),
        ({"q": "保温"}, [first]),
        ({"customer": "c000001"}, [first]),
        ({"category": category.parent.code}, [first]),
        ({"received_from": "2026-03-03"}, []),
        ({"received_from": "2026-03-02", "received_to": "2026-03-02"}, [second, first]),
        ({"overdue": "true"}, []),
        ({"team": town.first_team.pk, "kind": "complaint"}, [first]),
    ]
    assert [numbers(wang.get("cases", **question)) for question, _found in asked] == [
        found for _question, found in asked
    ]


def test_what_is_overdue_is_found(wang, pass_time):
    number = register(wang)["number"]
    pass_time(by=timedelta(hours=2))
    assert numbers(wang.get("cases", overdue="true")) == [number]
    assert numbers(wang.get("cases", overdue="false")) == []


@pytest.mark.parametrize(
    ("asked", "field"),
    [
        ({"stage": "asleep"}, "stage.0"),
        ({"owner": "nobody-here"}, "owner"),
        ({"sort": "colour"}, "sort"),
        ({"overdue": "perhaps"}, "overdue"),
        ({"received_from": "9999-12-31"}, "received_from"),
        ({"received_to": "yesterday"}, "received_to"),
        ({"category": "no-such-cause"}, "category"),
        ({"q": "a\0b"}, "q"),
    ],
)
def test_a_wrong_filter_names_its_field(wang, asked, field):
    refused(wang.get("cases", **asked), 422, field)


@pytest.mark.parametrize("sort", ["-received_at", "received_at", "due_at", "-closed_at"])
def test_every_order_pages_without_gap_or_double(wang, sort):
    entered = {register(wang)["number"] for _turn in range(7)}
    Case.objects.filter(number=min(entered)).update(due_at=None)
    cursor, seen = "", []
    while cursor is not None:
        page = done(wang.get("cases", sort=sort, limit=2, cursor=cursor))
        seen += [case["number"] for case in page["items"]]
        cursor = page["next_cursor"]
    assert (len(seen), set(seen)) == (7, entered)


def test_the_clocks_say_why(wang):
    number = register(wang)["number"]
    clocks = {clock["clock"]: clock for clock in done(wang.get(f"cases/{number}/clocks"))["items"]}
    assert clocks["accept"]["state"] == "running"
    assert any("10:30" in line["text"] for line in clocks["accept"]["why"])


def test_a_promise_at_registering_runs_a_clock(wang):
    promise = {"text": "今天回电", "due_at": (timezone.now() + timedelta(hours=3)).isoformat()}
    entered = register(wang, promise=promise)
    assert "promise" in {clock["clock"] for clock in entered["clocks"]}
    whole = done(wang.get(f"cases/{entered['number']}"))
    kept = done(wang.post(f"cases/{entered['number']}/promises/{whole['promises'][0]['id']}/keeping"))
    assert "promise" not in {clock["clock"] for clock in kept["clocks"]}


@pytest.mark.skipif(connection.vendor == "sqlite", reason="SQLite lets one writer in at a time")
@pytest.mark.django_db(transaction=True)
def test_the_same_outside_number_at_the_same_moment_gives_one_case(wang):
    def call(_turn):
        try:
            return wang.post("cases", {**COMPLAINT, "external_ref": "SHOP-7"})
        finally:
            connection.close()

    with ThreadPoolExecutor(4) as pool:
        answers = list(pool.map(call, range(4)))
    assert sorted(answer.status_code for answer in answers) == [200, 200, 200, 201]
    assert len({answer.json()["number"] for answer in answers}) == 1
