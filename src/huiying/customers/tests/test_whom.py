"""Whom do the rows of a table speak of? The same people as one caller at a time, with few statements for all."""

from __future__ import annotations

from decimal import Decimal

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils.timezone import localdate, now

from huiying.customers.actions.customer import create
from huiying.customers.actions.merging import merge
from huiying.customers.drafts import ContactDraft, CustomerDraft
from huiying.customers.importers import CustomerImporter, OrderImporter, ScoreImporter, UsageImporter
from huiying.customers.importers.archive import HIDDEN
from huiying.customers.importers.whom import STRANGER, Known
from huiying.customers.models import Customer, Order, Score
from huiying.customers.policies import NO_AMOUNTS
from huiying.customers.queries import identify
from huiying.customers.queries.identity import Told, identify_all
from huiying.engagement.importers import InteractionImporter
from huiying.imports.protocol import Kept, Row
from huiying.journal.actors import IMPORTER, STARTER
from huiying.kit.guards import BadInput
from huiying.staff.models import Role

SHARED = "13800138000"  # 张敏's


def order(number: int, **told: object) -> Row:
    values = {"number": f"D{number}", "product": "云表", "amount": Decimal(9), "ordered_on": localdate()}
    return Row(number, values | told)


def stored(*rows: Row) -> list[object]:
    return OrderImporter().store(rows, by=IMPORTER, at=now())


def test_many_at_once_are_found_as_one_alone(town):
    hotel = CustomerDraft(name="蓝湾酒店有限公司", kind="organisation")
    create(hotel, contacts=[ContactDraft(name="前台", phones=(SHARED,))], by=STARTER, at=now())
    create(CustomerDraft(name="同名商行", kind="organisation"), by=STARTER, at=now())
    create(CustomerDraft(name="同名商行", kind="organisation"), by=STARTER, at=now())
    names = ("", "蓝湾 酒店", "前台", "张敏", "同名商行", "没听说过")
    told = [Told(name, phone) for name in names for phone in ("", SHARED, "13811112222")]
    assert identify_all(told) == {one: identify(name=one.name, phone=one.phone) for one in told}
    assert {one.name for one in identify_all(told).values() if one} == {"蓝湾酒店有限公司", "张敏"}


def test_the_number_of_a_merged_customer_leads_to_who_stays(town, actor):
    li = actor(town.li)
    double = create(CustomerDraft(name="张敏敏", external_ref="旧-7"), by=li, at=now())
    merge(double, into=town.zhang, take=(), reason="", by=li, at=now())
    told = {"customer_number": "旧-7", "at": now(), "points": Decimal(90)}
    assert ScoreImporter().store([Row(2, told)], by=IMPORTER, at=now()) == [Kept.STORED]
    assert Score.objects.get().customer == town.zhang
    used = {"customer_number": double.number, "day": localdate(), "product": "云表"}
    assert UsageImporter().store([Row(2, used)], by=IMPORTER, at=now()) == [Kept.STORED]


def test_a_buyer_with_a_phone_is_entered_once_and_one_without_is_a_stranger(town):
    buyer = {"customer_name": "周女士", "phones": ["13911112222"]}
    first, second, third = stored(order(1, **buyer), order(2, **buyer), order(3, customer_name="周女士"))
    assert (first, second) == (Kept.STORED, Kept.STORED)
    assert isinstance(third, BadInput)
    assert third.sentence == STRANGER
    assert Customer.objects.get(name="周女士").orders.count() == Order.objects.count() == 2


@pytest.mark.parametrize("count", [2, 200])
def test_a_batch_is_found_by_phones_and_names_in_few_statements(town, count):
    rows = [order(number, phones=[SHARED]) for number in range(count)]
    rows += [order(number, customer_name=f"第{number}家") for number in range(count)]
    with CaptureQueriesContext(connection) as captured:
        known = Known(rows, by=IMPORTER)
    assert len(captured) <= 8
    assert known.key_of(rows[0].values) == town.zhang.pk


@pytest.fixture
def narrow(town, actor):
    """陈静 may import, sees only her own customers, and no amounts."""
    powers = {"customers.see", "customers.edit", "customers.import"}
    Role.objects.filter(pk=town.chen.role_id).update(powers=sorted(powers), customer_scope="own")
    return actor(town.chen)


@pytest.mark.parametrize(
    "told", [{"customer_number": "C000001"}, {"phones": [SHARED]}, {"customer_name": "张敏", "phones": [SHARED]}]
)
def test_whom_one_may_not_see_is_a_stranger_and_is_not_entered_again(town, narrow, actor, told):
    scored = [Row(2, {**told, "at": now(), "points": Decimal(9)})]
    lists = {
        ScoreImporter(): scored,
        UsageImporter(): [Row(2, {**told, "day": localdate(), "product": "云表"})],
        InteractionImporter(): [Row(2, {**told, "at": now(), "content": "约好周五下午三点上门看漏水"})],
        OrderImporter(): [order(1, **told)],
    }
    for importer, rows in lists.items():
        (refusal,) = importer.store(rows, by=narrow, at=now())
        assert str(refusal) == str(STRANGER), importer
    assert Customer.objects.count() == 1
    assert ScoreImporter().store(scored, by=actor(town.zhao), at=now()) == [Kept.STORED]


def test_an_order_of_somebody_else_stays_and_amounts_are_not_changed_unseen(town, narrow):
    stored(order(1, customer_number=town.zhang.number))
    change = order(1, customer_number=town.zhang.number, amount=Decimal(1), state="退货")
    (refusal,) = OrderImporter().store([change], by=narrow, at=now())
    assert "D1" in str(refusal)
    Customer.objects.update(owner=narrow.pk)
    (refusal,) = OrderImporter().store([change], by=narrow, at=now())
    assert str(refusal) == str(NO_AMOUNTS)
    kept = Order.objects.get()
    assert (kept.amount, kept.state) == (9, "")
    again = order(1, customer_number=town.zhang.number, state="退货")
    assert OrderImporter().store([again], by=narrow, at=now()) == [Kept.STORED]


@pytest.mark.parametrize("told", [{"external_ref": "ERP-7", "name": "别人"}, {"name": "张敏", "phones": [SHARED]}])
def test_a_list_adds_nothing_to_a_customer_one_may_not_see_and_says_no_name(town, narrow, told):
    Customer.objects.update(external_ref=told.get("external_ref", ""))
    row = Row(2, {**told, "emails": ["x@example.com"], "region": "杭州"})
    (refusal,) = CustomerImporter().store([row], by=narrow, at=now())
    assert str(refusal) == str(HIDDEN)
    assert "张敏" not in str(refusal)
    assert (Customer.objects.count(), Customer.objects.get().region) == (1, "")
    assert town.zhang.reaches.count() == 1
