from __future__ import annotations

from playwright.sync_api import expect

PAGE = "/accounts/2fa/"  # any page of the desk has the frame


def test_the_theme_chosen_stays(open_as, town):
    page = open_as(town.wang, PAGE)
    page.locator("details.menu summary").click()
    page.locator("[data-theme-choice=dark]").click()
    page.reload()
    assert page.evaluate("getComputedStyle(document.body).colorScheme") == "dark"


def test_the_question_mark_shows_the_keys(open_as, town):
    page = open_as(town.wang, PAGE)
    page.keyboard.press("?")
    expect(page.locator("dialog#keys")).to_be_visible()
    page.keyboard.press("Escape")
    expect(page.locator("dialog#keys")).to_be_hidden()


def test_the_first_tab_stop_leads_to_the_content(open_as, town):
    page = open_as(town.wang, PAGE)
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    expect(page.locator("#content")).to_be_focused()


def test_a_sentence_from_the_server_becomes_a_toast(open_as, town):
    page = open_as(town.wang, PAGE)
    page.evaluate("htmx.trigger(document.body, 'say', {text: '已保存', tone: 'success'})")
    expect(page.get_by_role("status")).to_have_text("已保存")


def test_nothing_is_evaluated_or_written_inline(open_as, town):
    page = open_as(town.wang, PAGE)
    assert page.locator("script:not([src]):not([type='application/json'])").count() == 0
    assert page.locator("[style], [onclick]").count() == 0


def test_the_palette_finds_a_customer_and_opens_them(open_as, town):
    page = open_as(town.wang, PAGE)
    page.keyboard.press("Control+k")
    expect(page.locator("#palette input")).to_be_focused()
    page.keyboard.type("张敏")
    expect(page.locator("#palette-found [aria-selected=true]")).to_contain_text("张敏")
    page.keyboard.press("Enter")
    page.wait_for_url(f"**/customers/{town.zhang.number}/")
