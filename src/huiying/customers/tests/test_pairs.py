"""Customers who may be one are found in the background, listed, and told apart for good (SPEC A7)."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils.timezone import now

from huiying.customers.actions.contact import remove_reach
from huiying.customers.actions.customer import create
from huiying.customers.actions.merging import merge, undo_merge
from huiying.customers.actions.pairing import look_for_pairs
from huiying.customers.drafts import ContactDraft, CustomerDraft
from huiying.customers.likeness import name_reason
from huiying.customers.models import Customer, Order, Pair


@pytest.fixture
def li(town, actor):
    return actor(town.li)


@pytest.fixture
def enter(li):
    def enter_(name, phone="", **fields):
        contacts = [ContactDraft(name=name[:20], phones=(phone,))] if phone else ()
        return create(CustomerDraft(name=name, **fields), contacts=contacts, by=li, at=now())

    return enter_


def look(later=timedelta(minutes=2)):
    while look_for_pairs(now() + later):
        pass


def waiting():
    look()
    return {(pair.first.name, pair.second.name): pair.reasons for pair in Pair.objects.waiting().for_list()}


@pytest.mark.parametrize(
    ("one", "other", "reason"),
    [
        ("蓝湾酒店有限公司", "蓝湾 酒店", "name"),
        ("藍灣酒店股份有限公司", "蓝湾酒店", "name"),
        ("上海蓝湾假日酒店有限公司", "蓝湾假日酒店", "near_name"),
        ("宏达机械制造厂", "宏达机诫制造厂", "near_name"),
        ("宏达机械制造厂", "宏达机械造厂", "near_name"),
        ("上海蓝湾假日酒店", "北京蓝湾假日酒店", ""),
        ("宏达机械一厂", "宏达机械二厂", ""),
        ("张敏", "张明", ""),
        ("蓝湾酒店", "绿洲酒店", ""),
    ],
)
def test_names_are_compared_as_a_reader_would(one, other, reason):
    assert name_reason(one, other) == name_reason(other, one) == reason


def test_who_shares_a_number_or_nearly_a_name_is_listed_the_strongest_first(town, enter):
    enter("张小敏", "13800138000")
    enter("藍灣酒店股份有限公司", "021-55556666", kind="organisation")
    enter("蓝湾酒店", "021-55556666", kind="organisation")
    enter("宏达机械制造厂", kind="organisation")
    enter("宏达机诫制造厂", kind="organisation")
    enter("张伟")
    enter("张伟")
    assert waiting() == {
        ("张敏", "张小敏"): ["phone"],
        ("藍灣酒店股份有限公司", "蓝湾酒店"): ["phone", "name"],
        ("宏达机械制造厂", "宏达机诫制造厂"): ["near_name"],
    }
    strongest = Pair.objects.order_by("-strength").first()
    assert strongest.first.name == "藍灣酒店股份有限公司"


def test_a_switchboard_is_no_evidence(town, enter):
    for n in range(22):
        enter(f"租户{n}", "021-55550000")
    assert waiting() == {}


def test_what_no_longer_holds_leaves_the_list(town, li, enter):
    other = enter("张小敏", "13800138000")
    assert waiting()
    remove_reach(other.reaches.get(), by=li, at=now())
    assert waiting() == {}


def test_merged_they_leave_the_list_and_told_apart_they_never_return(town, li, enter, as_li):
    double, third = enter("张小敏", "13800138000"), enter("张大敏", "13800138000")
    assert len(waiting()) == 3
    made = merge(double, into=town.zhang, take=(), reason="", by=li, at=now())
    assert waiting() == {("张敏", "张大敏"): ["phone"]}

    pair = Pair.objects.waiting().get()
    as_li.post(reverse("customers:duplicates_dismissal", args=[pair.pk]))
    Customer.objects.get(pk=third.pk).contacts.get()
    assert waiting() == {}
    undo_merge(made, by=li, at=now())
    assert set(waiting()) == {("张敏", "张小敏"), ("张小敏", "张大敏")}


def test_whoever_was_told_apart_from_one_that_is_merged_is_apart_from_who_stays(town, li, enter, as_li):
    double, third = enter("张小敏", "13800138000"), enter("张大敏", "13800138000")
    look()
    pair = Pair.objects.get(first=double, second=third)
    as_li.post(reverse("customers:duplicates_dismissal", args=[pair.pk]))
    merge(double, into=town.zhang, take=(), reason="", by=li, at=now())
    assert waiting() == {}


def test_what_was_written_in_the_moment_of_the_merge_follows(town, li, enter):
    double = enter("张小敏", "13800138000")
    made = merge(double, into=town.zhang, take=(), reason="", by=li, at=now())
    late = Order.objects.create(customer=double, number="D1", product="冰箱", ordered_on="2026-03-02")
    look()
    late.refresh_from_db()
    assert late.customer == town.zhang
    undo_merge(made, by=li, at=now())
    late.refresh_from_db()
    assert late.customer == double


def test_the_list_and_the_page_of_a_customer_lead_to_the_comparison(town, enter, as_li, as_wang):
    double = enter("张小敏", "13800138000")
    look()
    compare = f"{reverse('customers:merging', args=[town.zhang.number])}?duplicate={double.number}"
    page = as_li.get(reverse("customers:duplicates_review")).content.decode()
    assert compare in page
    assert "电话相同" in page
    assert "13800138000" not in page
    assert compare in as_li.get(town.zhang.get_absolute_url()).content.decode()
    seen_by_wang = as_wang.get(town.zhang.get_absolute_url()).content.decode()
    assert double.number in seen_by_wang
    assert compare not in seen_by_wang


def test_said_to_be_apart_the_row_says_so(town, enter, as_li, as_wang):
    enter("张小敏", "13800138000")
    look()
    address = reverse("customers:duplicates_dismissal", args=[Pair.objects.get().pk])
    assert as_wang.post(address).status_code == 403
    assert "张小敏" in as_li.post(address, headers={"HX-Request": "true"}).content.decode()
    assert not Pair.objects.waiting().exists()


def test_the_list_costs_the_same_however_long_it_is(town, enter, as_li, django_assert_max_num_queries):
    for n in range(8):
        enter(f"张敏{n}", "13800138000")
    look()
    with django_assert_max_num_queries(14):
        as_li.get(reverse("customers:duplicates_review"))


def test_a_program_reads_the_list_and_tells_apart(town, enter, program):
    enter("张小敏", "13800138000")
    look()
    li = program(town.li)
    [pair] = li.get("duplicates").json()["items"]
    assert (pair["names"], pair["reasons"]) == (["张敏", "张小敏"], ["phone"])
    assert li.post(f"duplicates/{pair['id']}/dismissal").status_code == 204
    assert li.get("duplicates").json()["items"] == []
    assert program(town.wang).get("duplicates").status_code == 403
