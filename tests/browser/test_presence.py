"""Two people on one case: each sees the other, and what they are doing."""

from __future__ import annotations

import pytest
from playwright.sync_api import expect

from huiying.cases.tests.lodging import lodge


@pytest.fixture
def case(town):
    return lodge(town.wang, team=town.first_team, owner=town.wang)


def test_each_sees_the_other_type(open_as, town, case):
    first = open_as(town.wang, f"/cases/{case.number}/")
    expect(first.locator("[data-presence]")).to_be_attached()
    with first.expect_response("**/presence/"):
        first.locator("#composer textarea").fill("正在给客户写")
    second = open_as(town.li, f"/cases/{case.number}/")
    expect(second.locator("[data-presence]")).to_contain_text("王芳 正在输入")
    with first.expect_response("**/presence/"):
        first.locator("#composer textarea").blur()
    expect(first.locator("[data-presence]")).to_contain_text("李强 正在查看")
