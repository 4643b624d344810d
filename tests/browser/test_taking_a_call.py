"""Taking a call down while things go wrong: Enter too early, a second caller, the network gone."""

from __future__ import annotations

import re

from playwright.sync_api import expect

from huiying.cases.actions import Caller
from huiying.cases.models import Case, KeptDraft
from huiying.cases.tests.lodging import lodge


def test_enter_takes_the_first_who_is_found_and_never_finishes(open_as, town):
    page = open_as(town.wang, "/cases/new/")
    page.locator("#caller-search").press_sequentially("8000")
    page.keyboard.press("Enter")
    expect(page.locator("[name=description]")).to_be_focused()
    expect(page.locator("#caller-found")).to_contain_text(town.zhang.name)
    page.locator("[name=demand]").press("Enter")
    expect(page.locator("[name=demand]")).to_be_focused()
    assert not Case.objects.exists()


def test_enter_on_a_number_nobody_has_begins_a_new_customer(open_as, town):
    page = open_as(town.wang, "/cases/new/")
    page.locator("#caller-search").press_sequentially("13999998888")
    page.keyboard.press("Enter")
    expect(page.locator("[name=caller_name]")).to_be_focused()
    expect(page.locator("[name=caller_phone]")).to_have_value("13999998888")


def test_a_second_call_and_back_to_the_first(open_as, town):
    page = open_as(town.wang, "/cases/new/")
    page.locator("[name=description]").fill("冰箱没有送到")
    page.locator("a[href='?slip=2']").click()
    page.wait_for_url("**/cases/new/?slip=2")
    expect(page.locator("[name=description]")).to_have_value("")
    page.locator(".slips a").click()
    page.wait_for_url("**/cases/new/?slip=1")
    expect(page.locator("[name=description]")).to_have_value("冰箱没有送到")


def test_words_typed_just_before_leaving_are_kept(open_as, town):
    page = open_as(town.wang, "/cases/new/")
    page.locator("[name=description]").fill("冰箱没有送到")
    page.locator("a[href='/cases/']").first.click()
    page.wait_for_url("**/cases/")
    wait_for_a_draft(page)
    page.goto(page.url + "new/")
    expect(page.locator("[name=description]")).to_have_value("冰箱没有送到")


def wait_for_a_draft(page):
    """The page that sent it is gone, so nobody but the server tells when it has arrived."""
    for _ in range(100):
        if KeptDraft.objects.exists():
            return
        page.wait_for_timeout(50)


def test_without_a_network_nothing_is_sent_and_nothing_lost(open_as, town):
    page = open_as(town.wang, "/cases/new/")
    page.locator("[name=description]").fill("冰箱没有送到")
    page.context.set_offline(True)
    page.locator("[name=description]").press("Control+Enter")
    expect(page.locator(".toast-error")).to_be_visible()
    expect(page.locator("[name=description]")).to_have_value("冰箱没有送到")
    page.context.set_offline(False)
    page.locator("[name=description]").press("Control+Enter")
    page.wait_for_url("**/cases/C2026-*/")


def test_once_the_server_is_reached_again_nobody_reads_that_it_was_not(open_as, town):
    page = open_as(town.wang, f"/cases/{lodge(town.wang, owner=town.wang).number}/")
    page.locator("#composer textarea").fill("今天送到")
    page.context.set_offline(True)
    page.locator("#composer [type=submit]").click()
    expect(page.locator(".toast-error")).to_be_visible()
    page.context.set_offline(False)
    page.locator("#composer [type=submit]").click()
    expect(page.locator(".toast-success")).to_have_text(re.compile("已记录"))
    expect(page.locator(".toast-error")).to_have_count(0)


def test_a_wrong_caller_is_put_right_by_keyboard(open_as, town):
    case = lodge(town.wang, owner=town.wang, caller=Caller(name="周女士", phone="13900139000"))
    page = open_as(town.wang, f"/cases/{case.number}/")
    page.locator("#case-side [hx-get$='/customer/']").click()
    expect(page.locator("#caller-search")).to_be_focused()
    page.keyboard.type("8000")
    expect(page.locator("#sheet [data-choose-customer]")).to_have_count(1)
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Enter")
    expect(page.locator("#caller-found")).to_contain_text(town.zhang.name)
    expect(page.locator("#sheet [type=submit]")).to_be_focused()
    page.keyboard.press("Enter")
    expect(page.locator("#case-side")).to_contain_text(town.zhang.number)
    expect(page.locator("#case-timeline")).to_contain_text("更正来电人")
