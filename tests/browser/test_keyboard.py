"""The main job without a mouse."""

from __future__ import annotations

from playwright.sync_api import expect

from huiying.cases.models import Case
from huiying.cases.tests.lodging import lodge


def test_a_case_is_registered_and_accepted_by_keys_alone(open_as, town):
    page = open_as(town.wang, "/")
    page.keyboard.press("n")
    page.wait_for_url("**/cases/new/")
    expect(page.locator("#caller-search")).to_be_focused()
    page.keyboard.type("8000")
    expect(page.locator("[data-choose-customer]")).to_be_visible()
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    expect(page.locator("[name=description]")).to_be_focused()
    page.keyboard.type("冰箱到今天还没有送到，打了四次电话没人接。")
    page.keyboard.press("Control+Enter")
    page.wait_for_url("**/cases/C2026-*/")
    assert Case.objects.get().customer == town.zhang
    page.keyboard.press("s")
    expect(page.locator("dialog#sheet form")).to_be_visible()
    page.keyboard.press("Control+Enter")
    expect(page.locator("dialog#sheet")).to_be_hidden()
    assert Case.objects.get().owner == town.wang


def test_a_list_is_walked_and_a_case_left_by_keys_alone(open_as, town):
    first, second = lodge(town.wang, owner=town.wang), lodge(town.wang, owner=town.wang)
    page = open_as(town.wang, "/cases/?view=mine")
    page.keyboard.press("j")
    page.keyboard.press("Enter")
    page.wait_for_url("**/cases/C2026-*/")
    page.keyboard.press("j")
    page.wait_for_url(f"**/{second.number if first.number in page.url else first.number}/")
    page.keyboard.press("?")
    expect(page.locator("dialog#keys")).to_be_visible()
    page.keyboard.press("Escape")
    page.keyboard.press("Escape")
    page.wait_for_url("**/cases/?view=mine")
    expect(page.locator("[data-row][aria-selected=true]")).to_be_visible()


def test_a_card_is_moved_by_keys_and_comes_back_when_it_may_not_go(open_as, town):
    case = lodge(town.wang, owner=town.wang)
    page = open_as(town.wang, "/board/?view=mine")

    def move(column: str) -> None:
        expect(page.locator("[data-board][data-ready]")).to_be_visible()
        page.keyboard.press("j")
        expect(page.locator("[data-card][aria-selected=true]")).to_be_focused()
        page.keyboard.press("m")
        expect(page.locator("dialog[open] .dialog-body")).to_be_visible()
        page.keyboard.press(column)

    def stands_in(stage: str) -> None:
        """Wait until the board was drawn anew with the card there."""
        expect(
            page.locator(f".column:has([data-stage={stage}] #ticket-{case.number}) .column-head .muted")
        ).to_have_text("1")

    move("1")
    stands_in("accepted")
    assert Case.objects.get().owner == town.wang
    move("7")
    expect(page.locator(".toast-error")).to_be_visible()
    stands_in("accepted")
    move("2")
    stands_in("investigating")
    move("3")
    expect(page.locator("dialog#sheet [name=facts]")).to_be_visible()
    page.keyboard.press("Escape")
    stands_in("investigating")
