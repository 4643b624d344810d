"""Every refusal is a problem+json with a sentence in the caller's language, never a page and never a 5xx."""

from __future__ import annotations

import json
from datetime import timedelta

import pytest
from django.test import Client
from django.utils import timezone

from huiying.staff.models import Token


def problem_of(answer, status):
    assert answer.status_code == status, answer.content
    assert answer["Content-Type"] == "application/problem+json"
    told = json.loads(answer.content)
    assert told["status"] == status
    assert told["title"]
    assert told["detail"]
    return told


def test_nobody_gets_in_without_a_token(town, program):
    answer = program(None).get("staff")
    problem_of(answer, 401)
    assert answer["WWW-Authenticate"] == "Bearer"


def test_a_token_opens_until_it_is_revoked_or_expires(town, program):
    wang = program(town.wang)
    assert wang.get("staff").status_code == 200
    Token.objects.update(expires_at=timezone.now() - timedelta(seconds=1))
    problem_of(wang.get("staff"), 401)
    Token.objects.update(expires_at=None, revoked_at=timezone.now())
    problem_of(wang.get("staff"), 401)


def test_a_token_dies_with_its_user(town, program):
    wang = program(town.wang)
    type(town.wang).objects.filter(pk=town.wang.pk).update(is_active=False)
    problem_of(wang.get("staff"), 401)


def test_the_use_of_a_token_is_noted_once_a_day(town, program, django_assert_num_queries):
    wang = program(town.wang)
    wang.get("staff")
    assert Token.objects.get().last_used_on == timezone.localdate()
    with django_assert_num_queries(2):
        wang.get("staff")


def test_a_session_opens_too_but_writes_only_with_its_csrf_token(town):
    browser, secret = Client(enforce_csrf_checks=True), "a" * 32
    browser.force_login(town.wang)
    browser.cookies["csrftoken"] = secret
    sent = {"data": json.dumps({"kind": "complaint", "description": "门关不严"}), "content_type": "application/json"}
    assert browser.get("/api/v1/staff").status_code == 200
    problem_of(browser.post("/api/v1/cases", **sent), 403)
    assert browser.post("/api/v1/cases", **sent, headers={"X-CSRFToken": secret}).status_code == 201


@pytest.mark.parametrize(
    ("asked", "field"),
    [
        ({"limit": 0}, "limit"),
        ({"limit": 201}, "limit"),
        ({"limit": "many"}, "limit"),
        ({"limit": 10**30}, "limit"),
        ({"cursor": "forged"}, "cursor"),
        ({"cursor": "a\0b"}, "cursor"),
        ({"on_shift": "maybe"}, "on_shift"),
        ({"department": "月球部"}, "department"),
        ({"department": "长" * 201}, "department"),
    ],
)
def test_a_wrong_question_names_its_field(town, program, asked, field):
    told = problem_of(program(town.wang).get("staff", **asked), 422)
    assert told["field"] == field


def test_the_sentence_speaks_the_callers_language(town, program):
    wang = program(town.wang)
    answer = wang.client.get("/api/v1/staff?limit=0", headers={"Accept-Language": "en"})
    assert problem_of(answer, 422)["detail"] == "“limit” must be at least 1."


@pytest.mark.parametrize("path", ["no-such-thing", "staff/%00", "%ff%fe"])
def test_an_unknown_address_is_a_problem_too(town, program, path):
    problem_of(program(town.wang).get(path), 404)


def test_a_wrong_method_says_which_are_right(town, program):
    answer = program(town.wang).send("DELETE", "staff")
    problem_of(answer, 405)
    assert answer["Allow"] == "GET"


def test_pages_follow_each_other_without_gap_or_double(town, program):
    wang, cursor, seen = program(town.wang), "", []
    while cursor is not None:
        page = wang.get("staff", limit=3, cursor=cursor).json()
        seen += [person["username"] for person in page["items"]]
        cursor = page["next_cursor"]
    assert len(seen) == len(set(seen)) == 7
