"""A relationship in the browser (SPEC A, B): from a messy list and a new customer to a book handed over."""

from __future__ import annotations

from datetime import timedelta
from decimal import Decimal

import pytest
from django.utils.timezone import localdate, now
from playwright.sync_api import expect

from huiying.customers.models import Customer, Figures, Score
from huiying.engagement.models import Interaction, MeetingTask, Onboarding, PlannedContact
from huiying.staff.actors import actor_of
from huiying.staff.models import Department
from tests.browser.conftest import PHONE
from tests.browser.test_main_job import Hand

MESSY = (
    "某某公司客户清单,,,\n公司名称,联系人,手 机,客户经理\n"
    "蓝湾酒店有限公司,林秀,139 0000 1234,林经理\n云杉物流有限公司,陈工,1390000123,林经理\n合计,2,,\n"
)
HOLLOW, TOLD = "已沟通，跟进中", "林秀说三月的滤芯已用完，要 20 个，周五前报价"
WANTED = "两家新店要四十台净水器，四月底前装好，先看样机"
VISITED = "到店看了水压和电源，林秀确认装在后厨，下周出图纸"


@pytest.fixture(autouse=True)
def _at_once(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path / "uploads"
    settings.TASKS = {"default": {"BACKEND": "django_tasks.backends.immediate.ImmediateBackend"}}


def bring_in(page, path):
    page.goto("/imports/")
    page.locator("input[type=file]").set_input_files(path)
    page.locator("form[enctype] button[type=submit], form[enctype] .btn-primary").first.click()
    page.wait_for_url("**/imports/*/")
    page.locator("button[formaction$='/start/']").click()
    expect(page.locator(".figures")).to_be_visible()


def test_a_messy_sheet_is_brought_in_and_its_rejected_rows_come_back_to_be_mended(open_as, town, tmp_path):
    page, messy, mended = open_as(town.li), tmp_path / "清单.csv", tmp_path / "退回.csv"
    messy.write_bytes(MESSY.encode("gbk"))
    bring_in(page, messy)
    expect(page.locator(".figure.is-late")).to_contain_text("1")
    expect(page.locator(".items")).to_contain_text("1390000123")
    with page.expect_download() as waiting:
        page.locator("a[download]").click()
    assert waiting.value.suggested_filename == "清单（未导入）.csv"
    sheet = waiting.value.path().read_text(encoding="utf-8-sig")
    mended.write_text(sheet.replace("1390000123", "13900001235"), encoding="utf-8-sig")
    bring_in(page, mended)
    expect(page.locator(".figure.is-late")).to_have_count(0)
    assert {one.name: one.owner for one in Customer.objects.exclude(pk=town.zhang.pk)} == {
        "蓝湾酒店有限公司": town.lin,
        "云杉物流有限公司": town.lin,
    }


def test_a_new_customer_is_onboarded_step_by_step(open_as, town, pass_time):
    page = open_as(town.lin, "/customers/new/")
    hand = Hand(page)
    hand.fill("name", "云杉酒店")
    page.locator("[name=owner]").select_option(str(town.lin.pk))
    page.locator("form[novalidate] [type=submit]").first.click()
    page.wait_for_url("**/customers/K*/")
    pass_time(by=timedelta(minutes=1))
    onboarding = Onboarding.objects.get()
    page.goto("/care/onboardings/")
    expect(page.locator("#onboardings")).to_contain_text("首次跟进")
    page.goto(onboarding.get_absolute_url())
    analyse(hand, WANTED)
    speak(hand, "phone", TOLD)
    speak(hand, "visit", VISITED)
    note_meeting(hand, town)
    expect(page.locator(".page-head .pill-done")).to_be_visible()
    assert Onboarding.objects.get().status == "completed"
    tick_off(open_as(town.sun))
    assert MeetingTask.objects.get().outcome == "图纸已发"


def analyse(hand, wanted):
    hand.click("#onboarding-page .items [hx-get$='/analysis/']")
    hand.choose("type", "purchase")
    hand.fill("wanted", wanted)
    hand.page.locator("dialog#sheet [name=is_complex]").check()
    hand.send()


def speak(hand, means, said):
    """Record a contact by the button of the step that waits for it."""
    hand.click(f"#onboarding-page .items [hx-get$='{'means=visit' if means == 'visit' else '/interactions/new/'}']")
    expect(hand.page.locator("dialog#sheet [name=means]")).to_have_value(means)
    hand.fill("content", said)
    hand.send()


def note_meeting(hand, town):
    hand.click("#onboarding-page .page-head [hx-get$='/meetings/']")
    sheet = hand.page.locator("dialog#sheet")
    sheet.locator(f"[name=people][value='{town.sun.pk}']").check()
    expect(sheet.locator("[data-found-chosen]")).to_contain_text(town.sun.name)
    hand.fill("decisions", "物流部四月底前分两批送装，销售部三天内给样机报价")
    hand.fill("tasks-0-what", "出安装图纸")
    sheet.locator("[name=tasks-0-owner]").select_option(str(town.sun.pk))
    hand.fill("tasks-0-due_on", localdate().isoformat())
    hand.send()


def tick_off(page):
    page.locator("[hx-get$='/doing/']").first.click()
    hand = Hand(page)
    hand.fill("outcome", "图纸已发")
    hand.send()


@pytest.fixture
def hotel(town):
    someone = Customer(number="C000002", name="蓝湾酒店", kind="organisation", tier="high", owner=town.lin)
    someone.team, someone.department = town.lin.team, town.lin.department
    someone.key_name()
    someone.save()
    return someone


def test_the_week_is_planned_and_only_a_record_that_says_something_counts(open_as, town, hotel, pass_time):
    pass_time(by=timedelta(minutes=5))
    planned = PlannedContact.objects.filter(customer=hotel).earliest("due_on")
    pass_time(by=planned.due_on - localdate())
    page = open_as(town.lin, "/care/")
    hand = Hand(page)
    hand.click(f"#planned-{planned.pk} button[hx-get*='/interactions/new/']")
    hand.fill("content", HOLLOW)
    page.locator("dialog#sheet [type=submit]").click()
    expect(page.locator("dialog#sheet [name=content][aria-invalid=true]")).to_have_value(HOLLOW)
    expect(page.locator("dialog#sheet .field-error:visible")).to_have_count(1)
    assert not Interaction.objects.exists()
    hand.fill("content", TOLD)
    hand.send()
    planned.refresh_from_db()
    assert (planned.state, Interaction.objects.get().content) == ("done", TOLD)
    page.goto(hotel.get_absolute_url())
    expect(page.locator("#care")).to_contain_text("滤芯已用完")


def test_the_tier_rises_by_rule_and_the_page_says_why(open_as, town, hotel, pass_time):
    Figures.objects.create(customer=hotel, as_of=localdate(), amount_year=Decimal(300_000))
    for day, points in ((90, 96), (60, 93), (3, 98)):
        Score.objects.create(customer=hotel, at=now() - timedelta(days=day), points=points, survey="季度调研")
    pass_time(by=timedelta(days=1))
    page = open_as(town.lin, hotel.get_absolute_url())
    expect(page.locator(".page-head")).to_contain_text("VIP")
    page.locator("[hx-get$='/tier/why/'], [hx-get*='why']").first.click()
    expect(page.locator("dialog#sheet")).to_contain_text("98")


def test_a_book_is_handed_over_and_the_successor_sees_it(open_as, town, hotel):
    Department.objects.filter(pk=town.sales.pk).update(head=town.zhao)
    page = open_as(town.zhao, f"/care/handover/?who={town.lin.pk}")
    page.locator(f"[name=successors][value='{town.wang.pk}']").check()
    page.locator("[name=reason]").fill("林经理离职")
    page.locator("button[hx-post*='/preview/']").click()
    expect(page.locator("#preview")).to_contain_text("王芳")
    page.locator("#succession .btn-primary").click()
    page.wait_for_url("**/care/handover/*/")
    hotel.refresh_from_db()
    assert hotel.owner == town.wang
    assert actor_of(town.wang).can("care.work")
    mine = open_as(town.wang, "/care/handover/mine/")
    expect(mine.locator("main")).to_contain_text("蓝湾酒店")


def test_on_a_phone_one_reads_which_field_a_column_fills(open_as, town, tmp_path):
    page, messy = open_as(town.li, "/imports/", size=PHONE), tmp_path / "清单.csv"
    messy.write_bytes(MESSY.encode("gbk"))
    page.locator("input[type=file]").set_input_files(messy)
    page.locator("form[enctype] button[type=submit], form[enctype] .btn-primary").first.click()
    page.wait_for_url("**/imports/*/")
    chosen = page.locator("table select")
    expect(chosen).to_have_count(4)
    assert min(one.bounding_box()["width"] for one in chosen.all()) > 120
