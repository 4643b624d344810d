from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from huiying.engagement.detection import Numbers, Rule, due_again, usage_signals, wishes

PRODUCTS = ["净水器 RO-800", "壁挂空调 KFR-35G"]
TODAY = date(2026, 3, 2)
NOW = datetime(2026, 3, 2, 10, tzinfo=UTC)


@pytest.mark.parametrize(
    "said",
    [
        "客户说想要再订一批净水器滤芯。",
        "净水器有没有新的滤芯套餐？",
        "打算下个月给客房扩容30台壁挂空调，请报价",
        "壁挂空调能不能升级到大一匹的",
        "不是不需要净水器，只是再看看",
    ],
)
def test_a_wish_near_a_product_is_found_with_its_sentence(said):
    (wish,) = wishes(f"今天天气不错。{said}", PRODUCTS)
    assert wish.product in PRODUCTS
    assert wish.quote == said


@pytest.mark.parametrize(
    "said",
    [
        "暂时不需要升级净水器",
        "没有打算换壁挂空调",
        "今年预算不够，净水器先不换",
        "净水器漏水，希望尽快维修",
        "需要净水器吗？不用了，谢谢",
        "希望壁挂空调退款",
        "净水器一直在用，挺好的",
        "想要便宜一些的服务，另外我们昨天路过看了很久的展厅里面有很多东西其中有净水器",
        "想要一台冰箱",
    ],
)
def test_what_is_denied_a_grievance_or_about_nothing_of_theirs_is_no_wish(said):
    assert wishes(said, PRODUCTS) == []


def test_a_general_word_counts_where_no_product_is_named():
    assert [wish.product for wish in wishes("能不能安排一次培训", PRODUCTS, general=["培训"])] == ["培训"]
    assert [wish.product for wish in wishes("想要净水器的培训", PRODUCTS, general=["培训"])] == [PRODUCTS[0]]


@given(st.text(max_size=200))
def test_whatever_was_written_the_quote_was_said(text):
    for wish in wishes(f"想要{text}净水器", PRODUCTS):
        assert wish.quote in f"想要{text}净水器"


def used(before: int, lately: int):
    return [("净水器", TODAY - timedelta(days=40), before), ("净水器", TODAY - timedelta(days=10), lately)]


@pytest.mark.parametrize(
    ("before", "lately", "limit", "rule"),
    [
        (100, 150, 0, Rule.GROWING),
        (100, 149, 0, None),
        (100, 50, 0, Rule.FALLING),
        (100, 51, 0, None),
        (10, 19, 0, None),
        (100, 80, 100, Rule.LIMIT),
        (100, 79, 100, None),
        (0, 30, 0, None),
    ],
)
def test_usage_says_growth_limit_or_fall(before, lately, limit, rule):
    days, limits = used(before, lately), {"净水器": limit} if limit else {}
    found = usage_signals(days, limits=limits, numbers=Numbers(), at=NOW, today=TODAY)
    assert [finding.rule for finding in found] == ([rule] if rule else [])


def test_what_is_bought_in_a_rhythm_is_due_again_until_the_customer_has_stopped():
    orders = [("滤芯", TODAY - timedelta(days=days)) for days in (270, 180, 90)]
    at = {"numbers": Numbers(), "at": NOW}
    assert [one.rule for one in due_again(orders, today=TODAY, **at)] == [Rule.DUE]
    assert due_again(orders, today=TODAY - timedelta(days=10), **at) == []
    assert due_again(orders, today=TODAY + timedelta(days=200), **at) == []
    unsteady = [("滤芯", TODAY - timedelta(days=days)) for days in (300, 299, 200, 30)]
    assert due_again(unsteady, today=TODAY, **at) == []
