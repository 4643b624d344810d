"""The main job in the browser: from the first word to the verified cure, by the people who do it."""

from __future__ import annotations

from datetime import timedelta
from decimal import Decimal

import pytest
from django.utils.timezone import localtime, now
from playwright.sync_api import expect

from huiying.cases import verbs
from huiying.cases.customer_link import token_for
from huiying.cases.lifecycle import Stage
from huiying.cases.models import Case, Category, Offer
from huiying.customers.models import Order
from huiying.journal.models import Entry
from tests.browser.conftest import PHONE

WORDS = "2 月 18 日订的冰箱到今天还没有送到，客服电话打了四次没人接。要求今天送到，并且给个说法。"
PROMISE = "18:00 前告诉您冰箱在哪里"


@pytest.fixture
def order(town):
    return Order.objects.create(
        customer=town.zhang,
        number="D20260218-0231",
        product="对开门冰箱 BCD-520",
        amount=Decimal(4680),
        ordered_on="2026-02-18",
    )


class Hand:
    """A person's hand on a page: counts how often it has to click."""

    def __init__(self, page):
        self.page, self.clicks = page, 0

    def click(self, what):
        self.page.locator(what).first.click()
        self.clicks += 1

    def fill(self, name, words):
        self.page.locator(f"[name={name}]:visible").first.fill(words)

    def choose(self, name, value):
        self.click(f"dialog#sheet [name={name}][value={value}]")

    def ask(self, place):
        """Open the form of a deed on the side sheet."""
        self.click(f"[hx-get$='/{place}/']:visible")
        expect(self.page.locator("dialog#sheet form")).to_be_visible()

    def send(self):
        """Press the sheet's button, and wait for the page to tell what came of it."""
        self.click("dialog#sheet [type=submit]")
        expect(self.page.locator("dialog#sheet")).to_be_hidden()

    def pick(self, name, thing):
        self.page.locator(f"dialog#sheet [name={name}]").select_option(str(thing.pk))


def in_hours(hours):
    return localtime(now() + timedelta(hours=hours)).strftime("%Y-%m-%dT%H:%M")


def register_by_phone_ending(page):
    """What 王芳 does while the caller speaks."""
    hand = Hand(page)
    page.keyboard.press("n")
    page.locator("#caller-search").fill("8000")
    hand.click("[data-choose-customer]")
    hand.click("[data-choose-order]")
    hand.fill("description", WORDS)
    hand.click("[name=mood][value=angry]")
    hand.click("#category-hits .suggestion")
    hand.click("[name=urgency][value=urgent]")
    hand.fill("promise", PROMISE)
    hand.fill("promise_due_at", in_hours(8))
    hand.click("#registration [type=submit]")
    page.wait_for_url("**/cases/C2026-*/")
    return hand


def test_a_clerk_finds_the_caller_and_registers_on_one_screen(open_as, town, order):
    page = open_as(town.wang, "/")
    hand = register_by_phone_ending(page)
    assert hand.clicks <= 6
    case = Case.objects.get()
    assert (case.customer, case.order, case.product) == (town.zhang, order, order.product)
    expect(page.locator("#case-head .number")).to_have_text(case.number)
    expect(page.locator("#promises")).to_contain_text(PROMISE)
    assert page.locator(".clock").count() >= 3


def test_the_supervisor_brings_it_to_the_verified_cure(open_as, town, order):
    register_by_phone_ending(open_as(town.wang, "/"))
    case = Case.objects.get()
    page = open_as(town.li, f"/cases/{case.number}/")
    hand = Hand(page)
    accept_assign_and_investigate(hand, town)
    offer_beyond_the_limit(hand, amount=5000)
    refuse_and_approve(hand, open_as, town, case)
    own_page = open_as(None, f"/c/{token_for(case)}/", size=PHONE)
    decline_then_accept(own_page, hand)
    let_two_departments_carry_out(hand, open_as, town, case)
    say_partly(own_page)
    assert stage_of(case) == Stage.DRAFTING
    solve_what_was_left(hand, open_as, own_page, town, case)
    close_and_reopen(hand, case)
    assert_the_whole_story_is_told(page, case)


def stage_of(case):
    case.refresh_from_db()
    return case.stage


def accept_assign_and_investigate(hand, town):
    hand.ask("acceptance")
    hand.send()
    hand.click("#case-head details.menu summary")
    hand.ask("assignment")
    hand.pick("to", town.li)
    hand.send()
    hand.ask("investigation")
    hand.fill("facts", "货在华东中转站错分拨，滞留三天，没有人联系客户。")
    hand.pick("cause", Category.objects.filter(parent__isnull=False).first())
    hand.fill("root_cause", "中转站没有核对标签")
    hand.pick("department", town.logistics)
    hand.pick("other_department", town.service)
    hand.fill("other_percent", "20")
    hand.send()


def offer(hand, text, amount):
    hand.ask("offers")
    hand.fill("text", text)
    hand.page.locator("[name=remedies-0-kind]").select_option("coupon")
    hand.fill("remedies-0-amount", str(amount))
    hand.send()


def offer_beyond_the_limit(hand, *, amount):
    offer(hand, "今天 18:00 前专车送达，赠优惠券。", amount)
    expect(hand.page.locator("#offer .pill-soon")).to_be_visible()
    assert Offer.objects.get().state == Offer.State.WAITING


def refuse_and_approve(hand, open_as, town, case):
    head = Hand(open_as(town.zhao, f"/cases/{case.number}/"))
    head.ask("approval")
    head.choose("approved", "no")
    head.fill("comment", "先问清客户要什么")
    head.send()
    offer(hand, "今天 18:00 前专车送达，赠 4000 元优惠券。", 4000)
    head.page.reload()
    head.ask("approval")
    head.choose("approved", "yes")
    head.send()
    assert stage_of(case) == Stage.AGREEING


def decline_then_accept(own_page, hand):
    own_page.reload()
    own_page.locator(".ask details summary").click()
    own_page.locator(".ask details textarea").fill("我要的是书面说明，不是优惠券。")
    own_page.locator(".ask details button").click()
    expect(own_page.locator("[role=status]")).to_be_visible()
    hand.page.reload()
    expect(hand.page.locator("#offer")).to_contain_text("不是优惠券")
    offer(hand, "今天 18:00 前专车送达，并书面说明原因。", 100)
    own_page.reload()
    own_page.locator(".ask .btn-primary").first.click()
    expect(own_page.locator("[role=status]")).to_be_visible()


def agree_on(hand, title, department):
    hand.ask("actions")
    hand.fill("title", title)
    hand.pick("department", department)
    hand.fill("due_at", in_hours(6))
    hand.send()


def complete(hand, title, proof):
    hand.click(f"#actions .item:has-text('{title}') [hx-get$='/completion/']")
    hand.fill("proof", proof)
    hand.send()


def let_two_departments_carry_out(hand, open_as, town, case):
    hand.page.reload()
    agree_on(hand, "专车送货", town.logistics)
    agree_on(hand, "书面说明原因", town.service)
    sun = Hand(open_as(town.sun, f"/cases/{case.number}/"))
    complete(sun, "专车送货", "签收单 20260302-17，客户本人签字")
    hand.page.reload()
    complete(hand, "书面说明原因", "说明信已寄出，单号 SF1029384756")
    assert stage_of(case) == Stage.CONFIRMING


def give_word(own_page, result, rating, comment):
    own_page.reload()
    own_page.locator(f"[name=result][value={result}]").check()
    own_page.locator(f"[name=rating][value={rating}]").check()
    own_page.locator(".ask textarea").fill(comment)
    own_page.locator(".ask .btn-primary").click()
    expect(own_page.locator("[role=status]")).to_be_visible()


def say_partly(own_page):
    give_word(own_page, "partly", "fair", "货到了，说明信还没收到。")


def solve_what_was_left(hand, open_as, own_page, town, case):
    hand.page.reload()
    offer(hand, "今天把说明信当面送到。", 0)
    own_page.reload()
    own_page.locator(".ask .btn-primary").first.click()
    expect(own_page.locator("[role=status]")).to_be_visible()
    hand.page.reload()
    agree_on(hand, "当面送达说明信", town.logistics)
    complete(Hand(open_as(town.sun, f"/cases/{case.number}/")), "当面送达说明信", "客户当面签收")
    give_word(own_page, "solved", "satisfied", "谢谢。")


def close_and_reopen(hand, case):
    hand.page.reload()
    hand.ask("closure")
    hand.fill("lesson", "中转站出库前核对标签。")
    hand.send()
    assert stage_of(case) == Stage.CLOSED
    hand.ask("reopening")
    hand.fill("reason", "第二天发现门封条破损。")
    hand.send()
    assert (stage_of(case), case.episode) == (Stage.INVESTIGATING, 2)


STORY = [
    *(verbs.REGISTERED, verbs.PROMISED, verbs.ACCEPTED, verbs.FOUND_OUT),
    *(verbs.OFFER_WAITS, verbs.OFFER_REFUSED, verbs.OFFER_WAITS, verbs.OFFER_APPROVED, verbs.OFFERED),
    *(verbs.OFFER_DECLINED, verbs.OFFERED, verbs.OFFER_ACCEPTED),
    *(verbs.ACTION_AGREED, verbs.ACTION_AGREED, verbs.ACTION_DONE, verbs.ACTION_DONE, verbs.CARRIED_OUT),
    *(verbs.NOT_CURED, verbs.OFFERED, verbs.OFFER_ACCEPTED, verbs.ACTION_AGREED, verbs.ACTION_DONE),
    *(verbs.CARRIED_OUT, verbs.CURED, verbs.CLOSED, verbs.REOPENED),
]
TOLD = [
    "登记",
    "受理",
    "送审",
    "驳回",
    "通过",
    "不同意",
    "同意",
    "物流部",
    "客户服务部",
    "关闭",
    "孙工",
    "赵敏",
    "张敏",
]


def assert_the_whole_story_is_told(page, case):
    page.reload()
    timeline = page.locator("#case-timeline").inner_text()
    assert [word for word in TOLD if word not in timeline] == []
    wanted = iter(entry.verb for entry in Entry.objects.about(case).in_order())
    missing = [verb.code for verb in STORY if not any(verb.code == code for code in wanted)]
    assert missing == []
