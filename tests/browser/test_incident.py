"""A group incident from the desk to the last content customer, in the browser (SPEC C12)."""

from __future__ import annotations

import re
from datetime import timedelta

import pytest
from django.utils.timezone import now
from playwright.sync_api import expect

from huiying.cases.actions import Caller
from huiying.cases.actions.lookout import look_out
from huiying.cases.models import Incident, Suspicion
from huiying.cases.tests.lodging import lodge
from huiying.customers.actions import obtain
from huiying.journal.actors import CLOCKWORK

pytestmark = pytest.mark.django_db(transaction=True)
DOOR = "云帆 BCD-520 冰箱箱门关不严，冷藏室一直结霜"


@pytest.fixture
def suspicion(town):
    for place in range(5):
        customer = obtain(f"顾客{place}", f"1380000100{place}", "", by=CLOCKWORK, at=now())
        lodge(town.wang, team=town.first_team, owner=town.wang, caller=Caller(customer=customer), description=DOOR)
    while look_out(now() + timedelta(minutes=2)):
        pass
    return Suspicion.objects.get()


def send(page):
    """Send the sheet and wait until the page has been drawn anew."""
    page.evaluate("document.getElementById('incident').dataset.old = 'yes'")
    page.locator("#sheet button[type=submit]").click()
    expect(page.locator("#incident[data-old]")).to_have_count(0)
    expect(page.locator("#deed")).to_have_count(0)


def test_three_presses_lead_from_the_desk_to_a_declared_incident(suspicion, town, open_as):
    page = open_as(town.li, "/")
    page.locator(f"a.burning[href='{suspicion.get_absolute_url()}']").click()
    page.wait_for_url(f"**{suspicion.get_absolute_url()}")
    page.keyboard.press("s")
    page.locator("#sheet button[type=submit]").click()
    expect(page).to_have_url(re.compile("/incidents/G"))
    assert Incident.objects.get().members.count() == 5


def test_all_hear_one_answer_and_each_is_asked(suspicion, town, open_as, actor):
    page = open_as(town.li, f"{suspicion.get_absolute_url()}")
    page.keyboard.press("s")
    page.locator("#sheet button[type=submit]").click()
    page.wait_for_url(re.compile("/incidents/G"))
    page.keyboard.press("s")
    page.get_by_label("王芳").check()
    send(page)
    page.keyboard.press("s")
    page.locator("#sheet textarea").fill("该批次已停售，今天 18 点前逐一回电。")
    send(page)
    expect(page.locator("#incident")).to_contain_text("该批次已停售")
    rows = page.locator("tr[id^=member-]")
    for place in range(rows.count()):
        page.locator("tr[id^=member-] button", has_text="核实").first.click()
        page.locator("#sheet input[value=yes]").check(force=True)
        send(page)
        expect(page.locator("tr[id^=member-] .pill-done")).to_have_count(place + 1)
    page.keyboard.press("s")
    page.locator("#sheet textarea").nth(0).fill("门封条批次不良")
    page.locator("#sheet textarea").nth(1).fill("全部免费更换")
    send(page)
    expect(page.locator("#incident")).to_contain_text("门封条批次不良")
    assert Incident.objects.get().state == "ended"
