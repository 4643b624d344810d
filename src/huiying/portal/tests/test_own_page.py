"""The customer's own page: what is next and by when, taking it back, and links that do not work."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.test import Client
from django.utils import timezone

from huiying.cases.actions import PromiseDraft, promise, withdraw
from huiying.cases.customer_link import token_for
from huiying.cases.lifecycle import Stage
from huiying.cases.models import Discard
from huiying.cases.tests.lodging import lodge
from huiying.journal.actors import customer_actor


@pytest.fixture
def case(town):
    return lodge(town.wang, owner=town.wang)


@pytest.fixture
def address(case):
    return f"/c/{token_for(case)}/"


def page(address):
    return Client().get(address).context["page"]


def test_without_a_promise_the_page_says_by_when_one_hears_from_us(address):
    assert page(address).heard_by is not None


def test_a_promise_that_is_late_is_owned_to(case, town, actor, address, monday_morning):
    due = timezone.now() + timedelta(hours=1)
    promise(case, PromiseDraft(text="十点回电", due_at=due), by=actor(town.wang), at=timezone.now())
    sorry = "已经超过约定时间"
    assert sorry not in Client().get(address).content.decode()
    monday_morning.move_to(due + timedelta(minutes=5))
    assert sorry in Client().get(address).content.decode()


@pytest.mark.parametrize("bell", ["urging", "call"])
def test_no_bell_is_rung_all_day_long(case, address, bell):
    answers = [Client().post(f"{address}{bell}/").status_code for _ in range(5)]
    assert answers == [302, 302, 302, 422, 422]
    case.refresh_from_db()
    assert case.urged == (3 if bell == "urging" else 0)


def test_a_customer_takes_it_back_and_the_owner_is_told(case, town, address):
    assert Client().post(f"{address}withdrawal/", {"reason": " "}).status_code == 422
    assert Client().post(f"{address}withdrawal/", {"reason": "已经收到货了"}).status_code == 302
    case.refresh_from_db()
    assert (case.stage, Discard.objects.get().reason) == (Stage.WITHDRAWN, "已经收到货了")
    assert Discard.objects.get().asked_by is None


def test_what_has_ended_promises_nothing_and_can_be_taken_up_again(case, town, actor, address):
    due = timezone.now() + timedelta(hours=1)
    promise(case, PromiseDraft(text="十点回电", due_at=due), by=actor(town.wang), at=timezone.now())
    withdraw(case, reason="已收到", by=customer_actor(pk=case.customer_id, name="张敏"), at=timezone.now())
    shown = Client().get(address)
    assert "十点回电" not in shown.content.decode()
    assert f"{address}reopening/" in shown.content.decode()
    assert Client().post(f"{address}reopening/", {"reason": "又没到"}).status_code == 302
    case.refresh_from_db()
    assert case.is_open


def test_a_link_cut_short_leads_on_and_never_to_the_desk(address):
    answer = Client().get(address[:-6] + "/")
    assert answer.status_code == 404
    assert 'href="/f/"' in answer.content.decode()
    assert 'href="/"' not in answer.content.decode()
