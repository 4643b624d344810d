"""Customers through the interface: entered, found, corrected, never unmasked by the way."""

from __future__ import annotations

import pytest

from huiying.customers.models import Customer
from huiying.journal.models import Entry

PHONE, MASKED = "13900001234", "139 **** 1234"
HOTEL = {
    "name": "蓝湾酒店有限公司",
    "kind": "organisation",
    "region": "上海市",
    "owner": "wangfang",
    "tier": "high",
    "yearly_purchases": "125000.00",
    "contacts": [{"name": "林晓", "title": "采购", "phones": [PHONE], "emails": ["lin@example.test"]}],
}


def done(answer, status=200):
    assert answer.status_code == status, answer.content.decode()
    return answer.json() if answer.content else None


def refused(answer, status, field=""):
    assert answer.status_code == status, answer.content.decode()
    assert answer["Content-Type"] == "application/problem+json"
    assert answer.json().get("field", "") == field


@pytest.fixture
def wang(town, program):
    return program(town.wang)


@pytest.fixture
def hotel(wang):
    return done(wang.post("customers", HOTEL), 201)


def test_a_customer_is_entered_whole_and_shown_masked(hotel, wang):
    shown = done(wang.get(f"customers/{hotel['number']}"))
    assert shown | {"likely_duplicates": []} == hotel
    assert (shown["owner"]["username"], shown["tier"], shown["yearly_purchases"]) == ("wangfang", "high", "125000.00")
    [contact] = shown["contacts"]
    assert [reach["value"] for reach in contact["reaches"]] == [MASKED, "l***@example.test"]


@pytest.mark.parametrize("q", ["蓝湾", "1234", PHONE, "lin@example.test"])
def test_customers_are_found_as_on_the_pages(hotel, wang, q):
    [found] = done(wang.get("customers", q=q))["items"]
    assert found["number"] == hotel["number"]
    assert PHONE not in str(found)


def test_the_list_is_narrowed_and_paged(hotel, wang):
    assert [row["name"] for row in done(wang.get("customers", tier="high"))["items"]] == ["蓝湾酒店有限公司"]
    assert done(wang.get("customers", owner="me"))["items"][0]["number"] == hotel["number"]
    first = done(wang.get("customers", limit=1))
    second = done(wang.get("customers", limit=1, cursor=first["next_cursor"]))
    assert [first["items"][0]["name"], second["items"][0]["name"]] == ["蓝湾酒店有限公司", "张敏"]


def test_only_what_is_sent_is_changed_and_a_stale_change_refused(hotel, wang):
    changed = done(wang.patch(f"customers/{hotel['number']}", {"version": 1, "region": "北京市"}))
    assert (changed["region"], changed["name"], changed["version"]) == ("北京市", "蓝湾酒店有限公司", 2)
    refused(wang.patch(f"customers/{hotel['number']}", {"version": 1, "region": "广州市"}), 409, "version")


@pytest.mark.parametrize(
    ("change", "field"),
    [
        ({"name": " "}, "name"),
        ({"owner": "nobody"}, "owner"),
        ({"contacts": [{"name": "x", "phones": ["110"]}]}, "phone"),
    ],
)
def test_what_cannot_be_kept_is_refused_with_its_field(town, wang, change, field):
    refused(wang.post("customers", {**HOTEL, **change}), 422, field)
    assert not Customer.objects.filter(name="蓝湾酒店有限公司").exists()


def test_uncovering_shows_all_and_is_written_down(hotel, wang, town, program):
    values = [reach["value"] for reach in done(wang.post(f"customers/{hotel['number']}/uncovering", {}))]
    assert values == [PHONE, "lin@example.test"]
    assert Entry.objects.latest("id").verb == "customer_uncovered"
    refused(
        program(town.admin, "read").post(f"customers/{hotel['number']}/tier", {"tier": "vip", "reason": "x"}),
        403,
    )


def test_contacts_are_added_corrected_and_removed(hotel, wang):
    added = done(wang.post(f"customers/{hotel['number']}/contacts", {"name": "赵会计"}), 201)
    corrected = done(wang.patch(f"contacts/{added['id']}", {"title": "财务", "phones": ["021-55556789"]}))
    assert (corrected["name"], corrected["title"], len(corrected["reaches"])) == ("赵会计", "财务", 1)
    done(wang.send("DELETE", f"reaches/{corrected['reaches'][0]['id']}"), 204)
    done(wang.send("DELETE", f"contacts/{added['id']}"), 204)
    assert len(done(wang.get(f"customers/{hotel['number']}/contacts"))["items"]) == 1


def test_orders_are_entered_once_and_corrected(hotel, wang):
    order = {"number": "D1", "product": "对开门冰箱", "ordered_on": "2026-02-01", "amount": "3999.00"}
    done(wang.post(f"customers/{hotel['number']}/orders", order), 201)
    refused(wang.post(f"customers/{hotel['number']}/orders", order), 422, "number")
    assert done(wang.patch("orders/D1", {"state": "已签收"}))["amount"] == "3999.00"
    assert done(wang.get("orders", number="D1"))["items"][0]["state"] == "已签收"


def test_tier_and_tags_are_told_in_the_story(hotel, wang):
    done(wang.post(f"customers/{hotel['number']}/tier", {"tier": "vip", "reason": "三年老客户"}))
    assert done(wang.post(f"customers/{hotel['number']}/tags", {"tag": "怕吵"}), 201)["tags"] == ["怕吵"]
    done(wang.send("DELETE", f"customers/{hotel['number']}/tags/怕吵"), 204)
    told = [item["sentence"] for item in done(wang.get(f"customers/{hotel['number']}/timeline"))["items"]]
    assert len(told) == 4
    assert "三年老客户" in told[2]


@pytest.mark.parametrize("path", ["", "/contacts", "/orders", "/timeline"])
def test_strangers_find_nothing(hotel, town, program, path):
    refused(program(town.lin).get(f"customers/{hotel['number']}{path}"), 404)
    assert done(program(town.sun).get("customers"))["items"] == []
