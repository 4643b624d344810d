"""The wall turns its pages by itself, and holds still when somebody asks it to (SPEC C11)."""

from __future__ import annotations

import pytest
from playwright.sync_api import expect

from huiying.cases.tests.lodging import lodge
from huiying.cases.views.board import ON_A_WALL

pytestmark = pytest.mark.django_db(transaction=True)
ROOM = {"width": 1920, "height": 1080}


@pytest.fixture
def wall(town, open_as):
    """The wall of a team with two pages, in a browser whose time is moved by hand."""
    for _number in range(ON_A_WALL + 2):
        lodge(town.wang, team=town.first_team)
    page = open_as(town.wang, "/board/wall/?view=team")
    page.set_viewport_size(ROOM)
    page.clock.install()
    page.reload()
    expect(page.locator("[data-wall-hold][aria-pressed=false]")).to_be_visible()
    return page


def is_on(page, number):
    expect(page.locator("#wall .page-head .pill").first).to_have_text(f"{number} / 2")


def test_it_turns_after_a_quarter_of_a_minute_and_begins_again(wall):
    is_on(wall, 1)
    wall.clock.run_for(16_000)
    is_on(wall, 2)
    wall.clock.run_for(16_000)
    is_on(wall, 1)


def test_space_holds_it_and_the_arrow_keys_turn_it(wall):
    wall.keyboard.press(" ")
    expect(wall.locator("[data-wall-hold]")).to_have_attribute("aria-pressed", "true")
    wall.clock.run_for(60_000)
    is_on(wall, 1)
    wall.keyboard.press("ArrowRight")
    is_on(wall, 2)
    expect(wall.locator("[data-wall-hold]")).to_have_attribute("aria-pressed", "true")
    wall.keyboard.press("ArrowLeft")
    is_on(wall, 1)


def test_all_its_cards_fit_the_screen(wall):
    last = wall.locator(".column-cards .ticket").nth(ON_A_WALL - 1)
    box = last.bounding_box()
    assert box["y"] + box["height"] <= ROOM["height"]
