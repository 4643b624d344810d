"""The page that explains the interface, under the same strict policy as every page."""

from __future__ import annotations

import pytest
from playwright.sync_api import expect

from .checks import assert_accessible, assert_no_sideways_scroll
from .conftest import DESK, PHONE


def test_a_call_opens_and_shows_its_fields(open_as, town):
    page = open_as(None, "/api/docs")
    page.locator("#cases_make_offer summary").click()
    expect(page.locator("#cases_make_offer").get_by_text("remedies[].amount").first).to_be_visible()


@pytest.mark.parametrize("size", [DESK, PHONE], ids=["desk", "phone"])
def test_the_page_is_accessible(open_as, town, size):
    page = open_as(None, "/api/docs", size=size)
    assert_accessible(page)
    assert_no_sideways_scroll(page)
