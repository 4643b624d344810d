"""The smallest phone, a phone without script, and paper."""

from __future__ import annotations

import re
from datetime import timedelta

import pytest
from django.utils.timezone import localdate, now
from playwright.sync_api import expect

from huiying.cases import actions as act
from huiying.cases.customer_link import token_for
from huiying.cases.tests.lodging import lodge
from huiying.channels.models import Attachment
from huiying.channels.words import Words
from huiying.customers.models import Customer
from huiying.engagement.models import PlannedContact
from huiying.staff.actors import actor_of

from .checks import assert_chinese, assert_no_sideways_scroll, assert_nothing_cut_off
from .conftest import PHONE

SMALL = {"width": 360, "height": 740}
DESK_PAGES = [
    "/",
    "/cases/",
    "/cases/new/",
    "/board/",
    "/cases/C2026-000001/",
    "/customers/",
    "/customers/C000001/",
    "/settings/",
]


@pytest.fixture
def case(town):
    """A case with a long conversation, clocks, a promise and a note."""
    wang, at = actor_of(town.wang), now()
    promised = act.PromiseDraft(text="18:00 前告诉您冰箱在哪里", due_at=at + timedelta(hours=8))
    case = lodge(town.wang, owner=town.wang, caller=act.Caller(customer=town.zhang), urgency="urgent")
    case = act.accept(case, by=wang, at=at, promised=promised)
    for n in range(12):
        said = f"第 {n + 1} 次联系：物流在查，冰箱在华东中转站，请您再等一等。" * 3
        act.answer(case, Words(text=said, channel="phone"), by=wang, at=at + timedelta(minutes=n))
        act.note(case, f"第 {n + 1} 条备注：中转站没有核对标签。", by=actor_of(town.li), at=at + timedelta(minutes=n))
    return case


def assert_fits(page):
    page.wait_for_load_state("networkidle")
    assert_no_sideways_scroll(page)
    assert_nothing_cut_off(page)


@pytest.mark.parametrize("path", DESK_PAGES)
def test_a_page_of_the_desk_fits_the_smallest_phone(open_as, town, case, path):
    assert_fits(open_as(town.admin if path == "/settings/" else town.li, path, size=SMALL))


@pytest.mark.parametrize("path", ["/accounts/login/", "/f/", "/c/TOKEN/"])
def test_a_page_without_sign_in_fits_the_smallest_phone(open_as, case, path):
    assert_fits(open_as(None, path.replace("TOKEN", token_for(case)), size=SMALL))


def test_a_sheet_and_a_menu_fit_the_smallest_phone(open_as, town, case):
    page = open_as(town.li, f"/cases/{case.number}/", size=SMALL)
    page.locator("#case-menu summary").click()
    expect(page.locator("#case-menu .menu-list")).to_be_visible()
    assert_fits(page)
    page.locator("#case-head [hx-get$='/investigation/']").click()
    expect(page.locator("dialog#sheet form")).to_be_visible()
    assert_fits(page)


def test_a_sheet_opened_as_a_page_stands_above_the_bar_and_leads_back(open_as, town, case):
    page = open_as(town.li, f"/cases/{case.number}/investigation/", size=SMALL)
    assert foot_of(page.locator(".dialog-foot")) <= head_of(page.locator(".rail")) + 1
    page.locator(".dialog-foot [data-closes]").click()
    page.wait_for_url(f"**/cases/{case.number}/")
    page.goto(page.url + "urging/")
    page.locator(".dialog-foot [type=submit]").click()
    page.wait_for_url(f"**/cases/{case.number}/")
    case.refresh_from_db()
    assert case.urged == 1


def test_a_photo_is_added_without_script(open_as, case, tmp_path):
    photo = tmp_path / "划痕.jpg"
    photo.write_bytes(b"\xff\xd8\xff" + b"x" * 100_000)
    page = open_as(None, f"/c/{token_for(case)}/", size=PHONE, script=False)
    page.locator("form[action$='/words/'] textarea").fill("划痕在这里。")
    page.locator("[name=attachments]").set_input_files(photo)
    page.locator("form[action$='/words/'] button").click()
    expect(page.locator("[role=status]")).to_be_visible()
    expect(page.locator(".band", has_text="划痕在这里。").locator("a")).to_contain_text("划痕.jpg")
    assert Attachment.objects.get().size == 100_003


def test_photo_urge_and_call_stay_at_hand_and_cover_nothing_in_the_end(open_as, case):
    page = open_as(None, f"/c/{token_for(case)}/", size=PHONE, script=False)
    doors = page.locator(".portal-doors")
    assert foot_of(doors) == PHONE["height"]
    page.locator("details.quiet summary").scroll_into_view_if_needed()
    page.mouse.wheel(0, 100_000)
    expect(page.locator("details.quiet summary")).to_be_in_viewport()
    assert foot_of(page.locator("details.quiet")) <= head_of(doors)
    assert foot_of(doors) == PHONE["height"]


def head_of(part):
    return part.bounding_box()["y"]


def foot_of(part):
    box = part.bounding_box()
    return round(box["y"] + box["height"])


def test_an_expired_link_shows_a_way_on(open_as, case, monday_morning):
    address = f"/c/{token_for(case)}/"
    monday_morning.shift(timedelta(days=91))
    page = open_as(None, address, size=SMALL)
    expect(page.locator("h1")).to_have_text("链接已过期")
    assert_chinese(page)
    assert_fits(page)
    page.locator("main a.btn").click()
    expect(page.locator("[name=description]")).to_be_visible()


def test_a_case_is_clean_on_paper(open_as, town, case):
    page = open_as(town.li, f"/cases/{case.number}/")
    page.wait_for_load_state("networkidle")
    page.emulate_media(media="print")
    for machinery in ("nav", "header", "#composer", "button:not(.clock)", ".btn", "dialog", "summary"):
        assert page.locator(f"{machinery} >> visible=true").count() == 0, machinery
    timeline = page.locator("#case-timeline")
    assert timeline.evaluate("(list) => list.scrollHeight <= list.clientHeight + 1")
    expect(timeline.locator(".note").first).to_be_visible()
    assert timeline.locator("[data-entry] >> visible=true").count() == timeline.locator("[data-entry]").count() > 24
    folded = page.locator(".clock-lines > :not(summary), .clocks-met > :not(summary)")
    assert folded.locator("visible=true").count() == folded.count() > 0
    paper = page.pdf(prefer_css_page_size=True)
    boxes = re.findall(rb"/MediaBox \[0 0 ([\d.]+) ([\d.]+)\]", paper)
    assert all(abs(float(width) - 595) < 2 and abs(float(height) - 842) < 2 for width, height in boxes)
    assert 2 <= len(boxes) <= 5


def test_the_filters_of_a_list_fold_behind_a_button_that_counts_them(open_as, town):
    page = open_as(town.lin, "/customers/", size=PHONE)
    fold, status = page.locator("[data-folds]"), page.locator("[name=status]")
    expect(fold).to_have_text("筛选")
    expect(status).to_be_hidden()
    fold.click()
    status.select_option("lead")
    expect(fold).to_have_text("筛选 1")
    assert page.locator("#id_q").bounding_box()["width"] > 200, "the search keeps its place beside the button"
    fold.click()
    expect(status).to_be_hidden()
    expect(open_as(town.lin, "/customers/").locator("[name=status]")).to_be_visible()
    expect(open_as(town.lin, "/customers/", size=PHONE, script=False).locator("[name=status]")).to_be_visible()


@pytest.mark.parametrize("path", ["/customers/", "/care/pool/"])
def test_a_row_on_a_phone_names_its_figures(open_as, town, path):
    Customer.objects.create(number="K000077", name="蓝湾酒店", owner=town.lin if path == "/customers/" else None)
    page = open_as(town.lin, path, size=PHONE)
    row = page.locator("tr[data-row]", has_text="蓝湾酒店")
    said = row.locator("[data-label]").first.evaluate("(cell) => getComputedStyle(cell, '::before').content")
    assert said in ('"客户经理"', '"上次联系"')
    assert row.bounding_box()["height"] < 110


def test_a_planned_contact_is_moved_on_a_phone_by_its_menu(open_as, town):
    today = localdate()
    planned = PlannedContact.objects.create(customer=town.zhang, owner=town.lin, due_on=today, tier="vip")
    page = open_as(town.lin, "/care/", size=PHONE)
    expect(page.locator("[data-board][data-ready]")).to_be_visible()
    expect(page.locator(".with-keys")).to_be_hidden()
    page.locator("[data-card] summary").click()
    page.locator("[data-moves]").click()
    page.locator("dialog .menu-item").first.click()
    expect(page.locator("[role=status]", has_text="已改到")).to_be_visible()
    planned.refresh_from_db()
    assert planned.due_on > today


def test_the_tab_where_one_is_stands_in_sight(open_as, town):
    page = open_as(town.lin, "/care/pool/", size=SMALL)
    expect(page.locator(".tabs [aria-current]")).to_be_in_viewport(ratio=0.9)
