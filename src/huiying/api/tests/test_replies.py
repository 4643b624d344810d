"""Idempotency-Key: a call sent twice is done once, also when both arrive at the same moment."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.utils import timezone

from huiying.api.models import Reply
from huiying.api.replies import KEPT_FOR, forget_old
from huiying.cases.models import Case

CASE = {"kind": "complaint", "description": "冰箱门关不严", "customer": {"number": "C000001"}}


def test_the_same_call_gets_the_same_answer_and_is_done_once(town, program):
    wang = program(town.wang)
    first = wang.post("cases", CASE, key="a-1")
    again = wang.post("cases", CASE, key="a-1")
    assert (first.status_code, again.status_code) == (201, 201)
    assert first.json() == again.json()
    assert "Idempotency-Replayed" not in first
    assert again["Idempotency-Replayed"] == "true"
    assert Case.objects.count() == 1


def test_the_same_key_with_another_body_is_refused(town, program):
    wang = program(town.wang)
    wang.post("cases", CASE, key="a-1")
    other = wang.post("cases", {**CASE, "kind": "fault"}, key="a-1")
    assert (other.status_code, other.json()["field"]) == (422, "Idempotency-Key")
    assert Case.objects.count() == 1


def test_a_key_is_the_callers_own(town, program):
    program(town.wang).post("cases", CASE, key="a-1")
    assert program(town.li).post("cases", CASE, key="a-1").status_code == 201
    assert Case.objects.count() == 2


def test_a_refused_call_leaves_its_key_free(town, program):
    wang = program(town.wang)
    assert wang.post("cases", {**CASE, "kind": "riddle"}, key="a-1").status_code == 422
    assert wang.post("cases", {"kind": "complaint"}, key="a-1").status_code == 422
    assert not Reply.objects.exists()
    assert wang.post("cases", CASE, key="a-1").status_code == 201


@pytest.mark.parametrize("key", ["x" * 256, "键", "\t"])
def test_a_key_is_visible_ascii(town, program, key):
    answer = program(town.wang).post("cases", CASE, key=key)
    assert (answer.status_code, answer.json()["field"]) == (422, "Idempotency-Key")


def test_a_file_sent_twice_is_kept_once(town, program):
    wang = program(town.wang)
    address = f"/api/v1/cases/{wang.post('cases', CASE).json()['number']}/attachments"
    answers = []
    for content in (b"one", b"one", b"two"):
        sent = {"attachments": SimpleUploadedFile("a.txt", content)}
        answers.append(wang.client.post(address, sent, headers={"Idempotency-Key": "f-1"}))
    assert [answer.status_code for answer in answers] == [201, 201, 422]
    assert answers[0].json() == answers[1].json()


def test_answers_are_forgotten_after_two_days(town, program):
    program(town.wang).post("cases", CASE, key="a-1")
    assert forget_old(timezone.now() + KEPT_FOR - timedelta(minutes=1)) == 0
    assert forget_old(timezone.now() + KEPT_FOR + timedelta(minutes=1)) == 1


@pytest.mark.skipif(connection.vendor == "sqlite", reason="SQLite lets one writer in at a time")
@pytest.mark.django_db(transaction=True)
def test_of_two_calls_at_once_one_is_done_and_both_are_answered(town, program):
    wang = program(town.wang)

    def call(_turn):
        try:
            return wang.post("cases", CASE, key="at-once")
        finally:
            connection.close()

    with ThreadPoolExecutor(4) as pool:
        answers = list(pool.map(call, range(4)))
    assert {answer.status_code for answer in answers} == {201}
    assert len({answer.json()["number"] for answer in answers}) == 1
    assert Case.objects.count() == 1
