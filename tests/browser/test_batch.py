"""Ticking rows and changing them together, by mouse and by keyboard."""

from __future__ import annotations

import pytest
from playwright.sync_api import expect

from huiying.cases.models import Batch, Case
from huiying.cases.tests.lodging import lodge

pytestmark = pytest.mark.django_db(transaction=True)


def test_ticked_cases_are_changed_together_and_put_back(town, open_as):
    for _ in range(4):
        lodge(town.wang, team=town.first_team)
    page = open_as(town.wang, "/cases/?view=team")
    ticks = page.locator("[data-tick]")
    ticks.nth(0).click()
    ticks.nth(2).click(modifiers=["Shift"])
    expect(page.locator("[data-tick]:checked")).to_have_count(3)
    for key in ("j", "x"):
        page.keyboard.press(key)
    expect(page.locator("[data-tick]:checked")).to_have_count(2)
    page.keyboard.press("u")
    page.locator("#deed input[value=urgent]").check()
    expect(page.locator("#preview .batch-line")).to_have_count(2)
    page.locator("#deed button[type=submit]").click()
    expect(page.locator("#batch .batch-line")).to_have_count(2)
    expect(page.locator("[data-tick]:checked")).to_have_count(0)
    assert Case.objects.filter(urgency="urgent").count() == 2
    with page.expect_response(lambda answer: "undoing" in answer.url):
        page.locator("#batch form button").click()
    expect(page.locator("#batch form")).to_have_count(0)
    assert (Batch.objects.get().state, Case.objects.filter(urgency="urgent").count()) == ("undone", 0)
