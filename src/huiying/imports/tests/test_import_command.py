"""`huiying import`: the same file twice stores nothing twice, and whatever cannot be stored comes back."""

from __future__ import annotations

import csv
import json
from io import StringIO

import pytest
from django.core.management import call_command

from huiying.customers.models import Customer, Order, Reach
from huiying.imports.models import ImportJob
from huiying.journal.models import Entry

LIST = """客户编号,公司名称,联系人,职务,手机,电话,邮箱,客户等级,标签,年采购额(万元)
K-1,蓝湾酒店有限公司,林经理,采购,13800138000/13900139000,021-55556666,lin@example.test,A,协议客户、华东,12.5
K-1,蓝湾酒店有限公司,赵会计,财务,13700137000,,,A,,12.5
,张敏,,,13600136000,,,,,
K-2,云杉物流有限公司,陈工,,1952823348,,,B,,
K-3,,王总,,13500135000,,,,,
K-4,北山茶馆,,,,,=cmd@example,天字号,,
"""


@pytest.fixture
def do_import(db, settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path / "uploads"

    def do(text: str, *options: str, kind: str = "customers") -> dict:
        path = tmp_path / "list.csv"
        path.write_text(text)
        out = StringIO()
        call_command("import", kind, str(path), "--json", *options, stdout=out)
        return json.loads(out.getvalue())

    return do


def test_good_rows_are_stored_and_bad_ones_come_back_with_their_reason(do_import):
    counts = do_import(LIST)
    assert (counts["stored"], counts["unchanged"], counts["rejected"]) == (3, 0, 3)
    with open(counts["rejected_file"], encoding="utf-8-sig") as file:
        header, *rows = csv.reader(file)
    assert header[:-1] == LIST.splitlines()[0].split(",")
    assert [row[0] for row in rows] == ["K-2", "K-3", "K-4"]
    assert "1952823348" in rows[0][-1]
    assert rows[2][6] == "'=cmd@example"


def test_a_value_torn_apart_by_its_comma_is_not_stored_as_a_smaller_one(do_import):
    counts = do_import(
        "公司名称,手机,年采购额\n蓝湾酒店有限公司,13800138000,￥12,000\n云杉物流有限公司,13700137000,35000,\n"
    )
    assert (counts["stored"], counts["rejected"]) == (1, 1)
    with open(counts["rejected_file"], encoding="utf-8-sig") as file:
        (_header, row) = csv.reader(file)
    assert row[:3] == ["蓝湾酒店有限公司", "13800138000", "￥12"]
    assert "000" in row[-1]


def test_a_company_on_two_rows_is_one_customer_with_two_contacts(do_import):
    do_import(LIST)
    hotel = Customer.objects.get(external_ref="K-1")
    assert (hotel.kind, hotel.tier, hotel.yearly_purchases) == ("organisation", "high", 125_000)
    assert [(person.name, person.is_main) for person in hotel.contacts.all()] == [("林经理", True), ("赵会计", False)]
    assert Reach.objects.filter(customer=hotel).phones().count() == 4
    assert {tag.name for tag in hotel.tags.all()} == {"协议客户", "华东"}
    assert [entry.verb for entry in Entry.objects.about(hotel).in_order()] == ["customer_created"]


def test_the_same_file_again_changes_nothing(do_import):
    do_import(LIST)
    assert do_import(LIST)["unchanged"] == 3
    assert Customer.objects.count() == 2


def test_the_archive_wins_over_the_file_and_only_what_is_empty_is_filled(do_import):
    do_import(LIST)
    again = "客户编号,公司名称,省市,年采购额\nK-1,蓝湾酒店,上海市,1\nK-1,别的酒店,上海市,1\n"
    counts = do_import(again)
    hotel = Customer.objects.get(external_ref="K-1")
    assert (hotel.region, hotel.yearly_purchases, hotel.version) == ("上海市", 125_000, 2)
    assert (counts["stored"], counts["rejected"]) == (1, 1)


def test_a_dry_run_says_the_same_and_stores_nothing(do_import):
    counts = do_import(LIST, "--dry-run")
    assert (counts["stored"], counts["rejected"]) == (3, 3)
    assert not Customer.objects.exists()


def test_a_mapping_is_obeyed_and_remembered(do_import):
    strange = "甲,乙\n蓝湾酒店,13800138000\n"
    mapping = json.dumps({"甲": "name", "乙": "phones"})
    assert do_import(strange, "--mapping", mapping)["stored"] == 1
    assert do_import(strange)["unchanged"] == 1
    with pytest.raises(SystemExit):
        do_import("丙,乙\n蓝湾酒店,13800138000\n")


@pytest.mark.parametrize("kind", ["submarines", ""])
def test_an_unknown_kind_is_refused_with_the_known_ones(do_import, capsys, kind):
    with pytest.raises(SystemExit) as end:
        call_command("import", kind, __file__)
    assert end.value.code == 2
    assert "customers" in capsys.readouterr().err


def test_orders_find_their_customer_and_are_brought_up_to_date(do_import):
    do_import(LIST)
    orders = "订单号,客户编号,收货人,手机,商品名称,数量,实付金额,下单时间,订单状态\n"
    first = (
        "D1,K-1,,,对开门冰箱,1,3999,2026-03-01 10:00,已发货\n"
        "D2,,周女士,13300133000,茶壶,2,99,2026/3/2,\n"
        "D3,,没人,,壶,1,9,2026/3/2,\n"
    )
    counts = do_import(orders + first, kind="orders")
    assert (counts["stored"], counts["rejected"]) == (2, 1)
    assert Order.objects.get(number="D2").customer.name == "周女士"

    counts = do_import(orders + first.replace("已发货", "已签收"), kind="orders")
    assert (counts["stored"], counts["unchanged"]) == (1, 1)
    assert Order.objects.get(number="D1").state == "已签收"
    assert ImportJob.objects.count() == 3


def test_a_batch_costs_few_statements(do_import, django_assert_max_num_queries):
    rows = "".join(f"N-{n},第{n}公司,联系人{n},138{n:08d}\n" for n in range(400))
    with django_assert_max_num_queries(60):
        assert do_import(f"客户编号,公司名称,联系人,手机\n{rows}")["stored"] == 400


def test_orders_brought_up_to_date_cost_few_statements(do_import, django_assert_max_num_queries):
    head = "订单号,收货人,手机,商品名称,数量,实付金额,下单时间,订单状态\n"
    rows = [f"D-{n},周女士,13300133000,茶壶,2,99,2026/3/2" for n in range(100)]
    do_import(head + "".join(f"{row},已发货\n" for row in rows), kind="orders")
    with django_assert_max_num_queries(60):
        assert do_import(head + "".join(f"{row},已签收\n" for row in rows), kind="orders")["stored"] == 100
    assert Order.objects.filter(state="已签收").count() == 100
