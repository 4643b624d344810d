"""What somebody has typed is never lost, and what they send is done once."""

from __future__ import annotations

import re

import pytest
from django.utils.timezone import now
from playwright.sync_api import expect

from conftest import PASSWORD
from huiying.cases import actions as act
from huiying.cases.customer_link import token_for
from huiying.cases.models import Case
from huiying.cases.tests.lodging import lodge
from huiying.channels.models import Message
from huiying.staff.actors import actor_of

from .checks import assert_chinese
from .conftest import PHONE

WORDS = "2 月 18 日订的冰箱到今天还没有送到，客服电话打了四次没人接。"


@pytest.fixture
def case(town):
    return act.accept(lodge(town.wang, owner=town.wang), by=actor_of(town.wang), at=now())


@pytest.fixture
def video(tmp_path):
    """A file of 30 MB."""
    path = tmp_path / "划痕.mp4"
    path.write_bytes(b"x" * 30_000_000)
    return path


def sign_in_anew(open_as, path):
    page = open_as(None, f"/accounts/login/?next={path}")
    page.locator("[name=login]").fill("wangfang")
    page.locator("[name=password]").fill(PASSWORD)
    page.locator("[name=password]").press("Enter")
    page.wait_for_url(f"**{path}")
    return page


def type_in(page, what, words):
    """Type, and wait until it is said that the draft is kept."""
    with page.expect_response(re.compile("draft/")):
        page.locator(what).fill(words)
    expect(page.locator("[data-draft-status]")).to_contain_text("草稿")


def test_a_registration_outlives_a_killed_browser(open_as, town):
    page = open_as(town.wang, "/cases/new/")
    page.locator("#caller-search").fill("8000")
    page.locator("[data-choose-customer]").click()
    page.locator("#registration [name=mood][value=angry]").check()
    type_in(page, "[name=description]", WORDS)
    page.context.close()
    page = sign_in_anew(open_as, "/cases/new/")
    expect(page.locator("[name=description]")).to_have_value(WORDS)
    expect(page.locator("[name=mood][value=angry]")).to_be_checked()
    expect(page.locator("#caller-found")).to_contain_text("张敏")


def test_an_answer_outlives_a_killed_browser(open_as, town, case):
    page = open_as(town.wang, f"/cases/{case.number}/")
    type_in(page, "#composer textarea", WORDS)
    page.context.close()
    page = sign_in_anew(open_as, f"/cases/{case.number}/")
    expect(page.locator("#composer textarea")).to_have_value(WORDS)


def test_a_double_press_registers_one_case(open_as, town):
    page = open_as(town.wang, "/cases/new/")
    page.locator("[name=description]").fill(WORDS)
    page.locator("#registration .page-head [type=submit]").dblclick()
    page.wait_for_url("**/cases/C2026-*/")
    assert Case.objects.count() == 1


@pytest.mark.parametrize(("who", "path"), [("wang", "/cases/new/"), (None, "/f/")])
def test_a_form_sent_once_more_leads_to_the_same_case(open_as, town, who, path):
    page = open_as(getattr(town, who or "", None), path)
    page.locator("[name=description]").fill(WORDS)
    page.locator("[name=phone], [name=caller_phone]").evaluate("(field) => (field.value = '13800138000')")
    form = page.evaluate("[...new FormData(document.querySelector('form:has([name=description])'))]")
    fields = {name: value for name, value in form if isinstance(value, str)}
    first, again = (page.request.post(path, multipart=fields, headers={"Referer": page.url}) for _time in range(2))
    assert [Case.objects.get().number in answer.url for answer in (first, again)] == [True, True]
    other = page.request.post(path, multipart={**fields, "description": "另外一件事"}, headers={"Referer": page.url})
    assert (other.status, Case.objects.count()) == (200, 2)


def test_a_wrong_number_is_said_beside_its_field(open_as, town):
    page = open_as(town.wang, "/cases/new/")
    page.locator("[data-new-caller] summary").click()
    page.locator("[name=caller_name]").fill("周杰")
    page.locator("[name=caller_phone]").fill("1380013800")
    page.locator("[name=description]").fill(WORDS)
    page.locator("[name=product]").fill("对开门冰箱 BCD-520")
    page.locator("#registration .page-head [type=submit]").click()
    phone = page.locator("[name=caller_phone]")
    expect(page.locator(".field", has=phone).locator(".field-error")).to_have_text(
        "手机号应为 11 位，现在是 10 位，请核对；其他内容都还在。"
    )
    expect(phone).to_be_focused()
    expect(phone).to_have_value("1380013800")
    expect(page.locator("[name=caller_name]")).to_have_value("周杰")
    expect(page.locator("[name=description]")).to_have_value(WORDS)
    expect(page.locator("[name=product]")).to_have_value("对开门冰箱 BCD-520")


def assert_too_large_is_said(page, words):
    expect(page.locator(".field-error, .form-errors")).to_contain_text("25.0 MB")
    expect(words).to_have_value(WORDS)
    assert_chinese(page, also={"MB"})


def test_a_file_too_large_for_the_public_form(open_as, town, video):
    page = open_as(None, "/f/", size=PHONE)
    page.locator("[name=description]").fill(WORDS)
    page.locator("[name=phone]").fill("13800138000")
    page.locator("[name=attachments]").set_input_files(video)
    page.locator("form .btn-primary").click()
    assert_too_large_is_said(page, page.locator("[name=description]"))
    expect(page.locator("[name=phone]")).to_have_value("13800138000")
    assert Case.objects.count() == 0


def test_a_file_too_large_for_the_case(open_as, town, case, video):
    page = open_as(town.wang, f"/cases/{case.number}/")
    page.locator("#composer textarea").fill(WORDS)
    page.locator("#composer [name=attachments]").set_input_files(video)
    page.locator("#composer [type=submit]").click()
    assert_too_large_is_said(page, page.locator("#composer textarea"))
    assert Message.objects.filter(direction=Message.Direction.OUT).count() == 0


def test_a_file_too_large_for_the_customers_own_page(open_as, town, case, video):
    page = open_as(None, f"/c/{token_for(case)}/", size=PHONE)
    words = page.locator("form[action$='/words/'] textarea")
    words.fill(WORDS)
    page.locator("[name=attachments]").set_input_files(video)
    page.locator("form[action$='/words/'] button").click()
    expect(page.locator(".form-errors")).to_contain_text("25.0 MB")
    expect(words).to_have_value(WORDS)


def correct(page, demand):
    page.locator("dialog#sheet [name=demand]").fill(demand)
    page.locator("dialog#sheet [type=submit]").click()


def test_who_saves_later_sees_what_somebody_else_wrote(open_as, town, case):
    wang, li = (open_as(user, f"/cases/{case.number}/") for user in (town.wang, town.li))
    for page in (wang, li):
        page.locator("#case-side [hx-get$='/revision/']").click()
    correct(li, "今天送到")
    expect(li.locator("#case-side")).to_contain_text("今天送到")
    correct(wang, "退款")
    difference = wang.locator("dialog#sheet fieldset.band")
    expect(difference).to_contain_text("今天送到")
    expect(difference).to_contain_text("退款")
    assert_chinese(wang)
    difference.locator("[value=theirs]").check()
    wang.locator("dialog#sheet [type=submit]").click()
    expect(wang.locator("#case-side")).to_contain_text("今天送到")
