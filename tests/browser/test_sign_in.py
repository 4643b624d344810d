from __future__ import annotations

import pytest
from playwright.sync_api import expect

from conftest import PASSWORD

from .checks import assert_accessible, assert_chinese, assert_no_sideways_scroll
from .conftest import DESK, PHONE

ACCOUNT_PAGES = ["/accounts/password/change/", "/accounts/2fa/", "/accounts/sessions/"]


def sign_in(page, username, password):
    page.locator("[name=login]").fill(username)
    page.locator("[name=password]").fill(password)
    page.locator("[name=password]").press("Enter")


def test_the_right_password_leads_to_the_desk(open_as, town):
    page = open_as(None, "/accounts/login/")
    sign_in(page, "wangfang", PASSWORD)
    expect(page).to_have_url("/")


def test_a_wrong_password_is_said_and_the_name_is_kept(open_as, town):
    page = open_as(None, "/accounts/login/")
    sign_in(page, "wangfang", "not-the-password")
    expect(page.get_by_role("alert")).to_be_visible()
    expect(page.locator("[name=login]")).to_have_value("wangfang")


@pytest.mark.parametrize("size", [DESK, PHONE], ids=["desk", "phone"])
@pytest.mark.parametrize("dark", [False, True], ids=["light", "dark"])
def test_the_sign_in_page_is_accessible_and_chinese(open_as, town, size, dark):
    page = open_as(None, "/accounts/login/", size=size, dark=dark)
    assert_accessible(page)
    assert_chinese(page)
    assert_no_sideways_scroll(page)


@pytest.mark.parametrize("path", ACCOUNT_PAGES)
def test_the_account_pages_are_accessible_and_chinese(open_as, town, path):
    page = open_as(town.wang, path)
    expect(page.locator("h1")).to_be_visible()
    assert_accessible(page)
    assert_chinese(page)


def test_the_account_fits_a_phone(open_as, town):
    assert_no_sideways_scroll(open_as(town.wang, "/accounts/sessions/", size=PHONE))
