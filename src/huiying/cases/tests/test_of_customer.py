"""What the customer's page and card show of their cases."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils.timezone import now

from huiying.cases.actions import Caller, Draft, PromiseDraft, promise, register


@pytest.fixture
def case(town, actor):
    draft = Draft(kind="complaint", channel="phone", description="冰箱还没送到", caller=Caller(customer=town.zhang))
    return register(draft, by=actor(town.wang), at=now())


def cases_of(browser, customer):
    return browser.get(reverse("cases:of_customer", args=[customer.number]))


def test_cases_and_open_promises_are_shown_to_whoever_may_see_them(town, case, actor, as_li, as_lin):
    draft = PromiseDraft(text="今天 18:00 前送达", due_at=now() + timedelta(hours=4))
    promise(case, draft, by=actor(town.li), at=now())
    text = cases_of(as_li, town.zhang).content.decode()
    assert case.number in text
    assert "今天 18:00 前送达" in text
    assert case.number not in cases_of(as_lin, town.zhang).content.decode()


def test_who_may_not_see_the_customer_finds_nothing(town, case, as_sun):
    assert cases_of(as_sun, town.zhang).status_code == 404


def test_a_customer_without_cases_has_none(town, as_wang):
    assert cases_of(as_wang, town.zhang).status_code == 200
