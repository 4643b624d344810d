"""The main pages: accessible by day and by night, in Chinese to the last word, and never wider than a phone."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.utils import timezone
from playwright.sync_api import expect

from huiying.cases import actions as act
from huiying.cases.customer_link import token_for
from huiying.staff.actors import actor_of

from .checks import assert_accessible, assert_chinese, assert_icons_drawn, assert_no_sideways_scroll
from .conftest import DESK, PHONE

WORDS = "11 月 18 日订的冰箱到今天还没有送到，客服电话打了四次没人接。"
MINE = [
    "/",
    "/cases/",
    "/cases/new/",
    "/cases/C2026-000001/",
    "/board/",
    "/customers/",
    "/customers/C000001/",
    "/notices/",
]
OURS = [
    "/settings/",
    "/settings/people/",
    "/settings/roles/",
    "/settings/departments/",
    "/settings/categories/",
    "/settings/routes/",
    "/settings/policies/",
    "/settings/calendars/",
    "/settings/log/",
    "/settings/profile/",
    "/settings/notices/",
    "/settings/notices/defaults/",
    "/settings/notices/log/",
    "/imports/",
    "/mail/",
]


@pytest.fixture
def at_work(town, pass_time):
    """A case of 张敏's that was late once, and a second one that is new."""
    wang = actor_of(town.wang)
    caller = act.Caller(customer=town.zhang)
    draft = act.Draft(kind="complaint", channel="phone", description=WORDS, urgency="urgent", caller=caller)
    case = act.accept(act.register(draft, by=wang, at=timezone.now()), by=wang, at=timezone.now())
    pass_time(by=timedelta(minutes=40))
    act.register(draft, by=wang, at=timezone.now())
    return case


def check_everywhere(page):
    expect(page.locator("h1").first).to_be_visible()
    page.wait_for_load_state("networkidle")
    assert_accessible(page)
    assert_icons_drawn(page)
    page.emulate_media(color_scheme="dark")
    page.set_viewport_size(PHONE)
    assert_accessible(page)
    assert_no_sideways_scroll(page)
    assert_chinese(page)


@pytest.mark.parametrize("path", MINE)
def test_the_pages_of_a_supervisor(open_as, town, at_work, path):
    check_everywhere(open_as(town.li, path, size=DESK))


@pytest.mark.parametrize("path", OURS)
def test_the_pages_of_an_administrator(open_as, town, path):
    check_everywhere(open_as(town.admin, path, size=DESK))


def test_the_customers_own_page(open_as, town, at_work):
    check_everywhere(open_as(None, f"/c/{token_for(at_work)}/", size=DESK))
