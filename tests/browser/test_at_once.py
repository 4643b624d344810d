"""What happens in the same moment: somebody else's change, an answer under way, a second press."""

from __future__ import annotations

from functools import partial

import pytest
from django.utils.timezone import now
from playwright.sync_api import expect

from huiying.cases import actions as act
from huiying.cases.models import Promise
from huiying.cases.tests.lodging import lodge
from huiying.frame import DOORS
from huiying.staff.actors import actor_of

from . import stand

WORDS = "华东中转站错分拨，已经找到。"
CHANGED = "htmx.trigger(document.body, 'case-changed')"


@pytest.fixture
def case(town):
    return act.accept(lodge(town.wang, owner=town.wang), by=actor_of(town.wang), at=now())


@pytest.fixture
def page(open_as, town, case):
    return open_as(town.wang, f"/cases/{case.number}/")


def posts_of(page):
    """Return a list that grows with each POST of the page; that one is there it says by itself."""
    posts = []

    def note(request):
        if request.method == "POST" and not request.url.endswith("/presence/"):
            posts.append(request.url)

    page.on("request", note)
    return posts


def held_back(page, pattern, deed):
    """Do the deed, and return the first request it leads to before the server has seen it; later ones pass."""
    held = []
    page.route(pattern, lambda route: route.continue_() if held else held.append(route))
    with page.expect_request(pattern):
        deed()
    while not held:
        page.wait_for_timeout(20)
    return held[0]


def test_the_menu_stays_open_when_somebody_else_changes_the_case(open_as, town, case, settings, monkeypatch):
    settings.ROOT_URLCONF = "tests.browser.stand"
    stand.news.clear()
    monkeypatch.setitem(DOORS, "live", "live")
    page = open_as(town.wang, f"/cases/{case.number}/")
    page.locator("#case-menu summary").click()
    act.revise(case, {"level": "major"}, version=case.version, by=actor_of(town.li), at=now())
    stand.news.append({"number": case.number, "version": case.version + 1})
    expect(page.locator("#case-head")).to_contain_text("重大")
    expect(page.locator("#case-menu")).to_have_attribute("open", "")
    page.locator("#case-menu [hx-get$='/promises/']").click()
    expect(page.locator("dialog#sheet [name=promise]")).to_be_visible()
    expect(page.locator("#case-menu")).not_to_have_attribute("open", "")


def test_a_part_is_not_replaced_under_a_press(page, case):
    deed = page.locator("#case-head [hx-get$='/investigation/']")
    deed.hover()
    page.mouse.down()
    with page.expect_response("**/parts/"):
        page.evaluate(CHANGED)
    page.mouse.up()
    expect(page.locator("dialog#sheet form")).to_be_visible()


def test_the_focus_stays_on_a_button_that_is_replaced(page, town, case):
    deed = page.locator("#case-head [hx-get$='/investigation/']")
    deed.focus()
    act.note(case, WORDS, by=actor_of(town.li), at=now())
    page.evaluate(CHANGED)
    expect(page.locator("#case-timeline")).to_contain_text(WORDS)
    expect(deed).to_be_focused()


def test_what_changes_while_the_page_is_being_fetched_is_fetched_again(page, town, case):
    under_way = held_back(page, "**/parts/", lambda: page.evaluate(CHANGED))
    old = under_way.fetch()
    act.note(case, WORDS, by=actor_of(town.li), at=now())
    page.evaluate(CHANGED)
    under_way.fulfill(response=old)
    expect(page.locator("#case-timeline")).to_contain_text(WORDS)


def test_a_sheet_sent_twice_does_its_deed_once(page, case):
    posts = posts_of(page)
    page.locator("#case-menu summary").click()
    page.locator("#case-menu [hx-get$='/promises/']").click()
    page.locator("dialog#sheet [name=promise]").fill("18:00 前回电")
    page.locator("dialog#sheet [name=promise_due_at]").fill("2026-03-02T18:00")
    with page.expect_response("**/parts/"):
        page.locator("dialog#sheet [type=submit]").dblclick()
    assert len(posts) == 1
    assert Promise.objects.count() == 1


def test_a_choice_is_not_undone_by_an_answer_under_way(open_as, town):
    page = open_as(town.wang, "/cases/new/")
    expect(page.locator("#category-hits .suggestion").first).to_be_visible()
    write = partial(page.locator("#id_description").fill, "冰箱漏水")
    under_way = held_back(page, "**/cases/categories/*", write)
    page.locator("#category-hits .suggestion").nth(1).click()
    with page.expect_response("**/cases/categories/*"):
        under_way.continue_()
    expect(page.locator("#category-hits .suggestion").nth(1).locator("input")).to_be_checked()


def test_a_draft_under_way_does_not_outlive_what_was_sent(page, case):
    words, posts = page.locator("#composer textarea"), posts_of(page)
    under_way = held_back(page, "**/composer-draft/**", partial(words.fill, WORDS))
    words.press("Control+Enter")
    assert [address for address in posts if address.endswith("/messages/")] == []
    under_way.continue_()
    expect(page.locator("#case-timeline")).to_contain_text(WORDS)
    page.reload()
    expect(page.locator("#composer textarea")).to_have_value("")


def test_what_is_typed_without_a_pause_is_kept_all_the_same(page, case):
    words = "冰箱还没有到，" * 10
    with page.expect_request("**/composer-draft/**") as kept:
        page.locator("#composer textarea").press_sequentially(words, delay=120)
    assert words not in kept.value.post_data
    expect(page.locator("#composer [data-draft-status]")).not_to_be_empty()
