"""The parts of the front end, each on the test stand."""

from __future__ import annotations

import pytest
from playwright.sync_api import expect

from huiying.frame import DOORS

from . import stand


@pytest.fixture(autouse=True)
def on_the_stand(settings):
    settings.ROOT_URLCONF = "tests.browser.stand"
    stand.sent.clear()
    stand.state["version"] = 1
    stand.news.clear()


def test_what_is_typed_is_kept_as_a_draft(open_as, town):
    page = open_as(town.wang, "/stand/draft/")
    page.locator("textarea").fill("冰箱还没有送到")
    expect(page.locator("[data-draft-status]")).not_to_be_empty()
    assert [draft["text"] for draft in stand.sent] == ["冰箱还没有送到"]


def test_a_draft_that_cannot_be_kept_is_said(open_as, town):
    page = open_as(town.wang, "/stand/draft/lost/")
    page.locator("textarea").fill("冰箱还没有送到")
    expect(page.locator("[data-draft-status]")).not_to_be_empty()
    page.on("dialog", lambda dialog: dialog.accept())


def test_a_form_is_sent_by_control_enter_and_only_once(open_as, town):
    page = open_as(town.wang, "/stand/draft/")
    page.locator("textarea").fill("一次就好")
    with page.expect_response("**/stand/taken/"):
        page.locator("textarea").press("Control+Enter")
    page.locator("textarea").press("Control+Enter")
    page.evaluate("fetch('/stand/form/').then((answer) => answer.text())")  # a second form would have come before it
    assert [form["text"] for form in stand.sent] == ["一次就好"]


def test_a_list_is_walked_opened_and_returned_to_by_keys(open_as, town):
    page = open_as(town.wang, "/stand/list/")
    page.keyboard.press("j")
    page.keyboard.press("j")
    page.keyboard.press("Enter")
    page.wait_for_url("**/thing/2/")
    page.keyboard.press("j")
    page.wait_for_url("**/thing/3/")
    page.keyboard.press("Escape")
    expect(page.locator("[data-row][aria-selected=true]")).to_have_text("第 3 件")


def move_by_key(page):
    expect(page.locator("[data-ready]")).to_be_visible()
    page.keyboard.press("j")
    page.keyboard.press("m")
    page.keyboard.press("1")


def test_a_card_moves_by_key(open_as, town):
    page = open_as(town.wang, "/stand/board/taken/")
    with page.expect_response("**/stand/taken/"):
        move_by_key(page)
    expect(page.locator("#accepted #card")).to_be_visible()
    assert stand.sent == [{"to": "accepted", "version": "3"}]


def test_a_card_moves_by_dragging(open_as, town):
    page = open_as(town.wang, "/stand/board/taken/")
    expect(page.locator("[data-ready]")).to_be_visible()
    with page.expect_response("**/stand/taken/"):
        page.locator("#card").drag_to(page.locator("#accepted"))
    expect(page.locator("#accepted #card")).to_be_visible()
    assert stand.sent == [{"to": "accepted", "version": "3"}]


def test_a_refused_card_goes_back_and_the_reason_is_said(open_as, town):
    page = open_as(town.wang, "/stand/board/refusal/")
    move_by_key(page)
    expect(page.get_by_role("alert")).to_have_text("先核实，再受理。")
    expect(page.locator("[data-stage=received] #card")).to_be_visible()


def test_a_move_that_lacks_something_asks_for_it_beside_the_board(open_as, town):
    page = open_as(town.wang, "/stand/board/form/")
    move_by_key(page)
    expect(page.locator("dialog#sheet input[name=reason]")).to_be_focused()
    expect(page.locator("[data-stage=received] #card")).to_be_attached()


def test_a_change_by_somebody_else_appears_by_itself(open_as, town, monkeypatch):
    monkeypatch.setitem(DOORS, "live", "live")
    page = open_as(town.wang, "/stand/live/")
    expect(page.locator("#line")).to_have_text("第 1 版")
    stand.state["version"] = 2
    stand.news.append({"number": "C2026-000001", "version": 2})
    expect(page.locator("#line")).to_have_text("第 2 版")
