"""Amounts of money are for those with the power to see them: page, forms, list, file, interface, story, log."""

from __future__ import annotations

from datetime import date, timedelta
from decimal import Decimal

import pytest
from django.urls import reverse
from django.utils.timezone import localdate, now

from huiying.customers.actions.customer import create, revise
from huiying.customers.actions.order import add_order
from huiying.customers.actions.pairing import look_for_pairs
from huiying.customers.drafts import ContactDraft, CustomerDraft, OrderDraft, draft_of
from huiying.customers.models import Customer, Figures
from huiying.customers.policies import NO_AMOUNTS
from huiying.journal.actors import STARTER
from huiying.staff.models import Role

REVENUE, PURCHASES, AMOUNT, VALUE = "8888001", "7777002", "6666003", "5555004"
SECRETS = ("8,888,001", "7,777,002", "6,666,003", "5,555,004", REVENUE, PURCHASES, AMOUNT, VALUE)


@pytest.fixture
def rich(town):
    """张敏 with revenue, purchases, an order and a value."""
    Customer.objects.filter(pk=town.zhang.pk).update(revenue=REVENUE, yearly_purchases=PURCHASES)
    Figures.objects.create(
        customer=town.zhang, as_of=localdate(), lifetime_value=VALUE, value_percentile=96, churn=81, orders=1
    )
    order = OrderDraft(number="D1", product="冰箱", ordered_on=date(2026, 2, 1), amount=Decimal(AMOUNT))
    add_order(town.zhang, order, by=STARTER, at=now())
    return Customer.objects.get(pk=town.zhang.pk)


@pytest.fixture
def modest(town):
    """王芳's role loses the power."""
    role = Role.objects.get(pk=town.wang.role_id)
    Role.objects.filter(pk=role.pk).update(powers=sorted({*role.powers, "customers.export"} - {"customers.amounts"}))
    return town.wang


def doors(customer):
    named = ("customer", "card", "timeline", "orders", "revision", "order_new")
    pages = [reverse(f"customers:{name}", args=[customer.number]) for name in named]
    order = reverse("customers:order", args=[customer.number, customer.orders.get().pk])
    return [*pages, order, reverse("customers:list"), reverse("customers:export", args=["csv"])]


def body(answer):
    assert answer.status_code == 200
    return b"".join(answer).decode("utf-8-sig")


def test_whoever_may_not_see_amounts_finds_none_on_any_page(rich, modest, sign_in):
    clerk = sign_in(modest)
    for door in doors(rich):
        told = body(clerk.get(door))
        assert [secret for secret in SECRETS if secret in told] == [], door


def test_whoever_may_sees_them_on_page_and_list(rich, as_li):
    assert {"8,888,001", "7,777,002", "6,666,003"} <= {
        secret for secret in SECRETS if secret in body(as_li.get(rich.get_absolute_url()))
    }
    assert "5,555,004" in body(as_li.get(reverse("customers:list")))
    assert REVENUE in body(as_li.get(reverse("customers:export", args=["csv"])))
    assert "6,666,003" in body(as_li.get(reverse("customers:timeline", args=[rich.number])))


@pytest.mark.parametrize(
    "path", ["customers", "customers/{}", "customers/{}/orders", "customers/{}/timeline", "orders"]
)
def test_the_interface_keeps_them_back(rich, modest, town, program, path):
    secrets = {"8888001.00", "7777002.00", "6666003.00", "5555004.00", "6,666,003"}
    kept_back = program(modest).get(path.format(rich.number)).content.decode()
    assert [secret for secret in secrets if secret in kept_back] == []
    told = program(town.li).get(path.format(rich.number)).content.decode()
    assert any(secret in told for secret in secrets)


def test_a_token_that_only_reads_still_sees_the_amounts_of_its_person(rich, town, program):
    shown = program(town.li, "read").get(f"customers/{rich.number}").json()
    assert (shown["revenue"], shown["lifetime_value"], shown["churn"]) == ("8888001.00", "5555004.00", 81)


def test_who_may_not_see_amounts_changes_the_rest_and_leaves_them(rich, modest, sign_in):
    typed = {"kind": "person", "name": "张敏敏", "status": "active", "version": rich.version}
    answer = sign_in(modest).post(reverse("customers:revision", args=[rich.number]), typed)
    assert answer.status_code == 302
    kept = Customer.objects.get(pk=rich.pk)
    assert (kept.name, str(kept.revenue), str(kept.yearly_purchases)) == ("张敏敏", f"{REVENUE}.00", f"{PURCHASES}.00")


def test_amounts_are_not_changed_unseen(rich, modest, program, town):
    asked = {"version": rich.version, "revenue": "1.00"}
    assert program(modest).patch(f"customers/{rich.number}", asked).status_code == 403
    assert program(modest).patch("orders/D1", {"amount": "1.00"}).status_code == 403
    assert program(modest).patch("orders/D1", {"state": "已发货"}).json()["amount"] is None
    assert program(town.li).patch("orders/D1", {"amount": "1.00"}).json()["amount"] == "1.00"


def test_the_log_shows_an_auditor_without_the_power_no_amounts(rich, town, sign_in):
    powers = {"audit.read", "customers.see", "cases.see"}
    Role.objects.filter(pk=town.wang.role_id).update(powers=sorted(powers))
    for form in ("", "?csv"):
        told = body(sign_in(town.wang).get(reverse("settings_log") + form))
        assert "D1" in told
        assert "6,666,003" not in told


def test_the_list_is_narrowed_by_value_risk_and_missing_manager(rich, town, as_li, program):
    def listed(**asked):
        return "张敏" in body(as_li.get(reverse("customers:list"), asked))

    choices = [{"value": "95"}, {"risk": "75"}, {"owner": town.lin.pk}, {"owner": "nobody"}]
    assert [listed(**asked) for asked in choices] == [True, True, True, False]
    revise(rich, draft_of(rich), version=rich.version, by=STARTER, at=now())
    Customer.objects.update(owner=None)
    Figures.objects.update(value_percentile=70, churn=60)
    choices = [{"owner": "nobody"}, {"value": "50"}, {"risk": "50"}, {"value": "80"}, {"risk": "75"}]
    assert [listed(**asked) for asked in choices] == [True, True, True, False, False]
    found = program(town.li).get("customers", owner="nobody", value=50, risk=50).json()["items"]
    assert [row["number"] for row in found] == [rich.number]


def test_nobody_learns_the_value_by_narrowing_the_list(rich, modest, sign_in, program):
    assert "张敏" in body(sign_in(modest).get(reverse("customers:list"), {"value": "95"}))  # the choice is not there
    Figures.objects.update(value_percentile=10)
    assert "张敏" in body(sign_in(modest).get(reverse("customers:list"), {"value": "95"}))
    assert program(modest).get("customers", value=50).status_code == 403


def test_whoever_may_not_see_amounts_merges_without_them(rich, modest, town, sign_in, program, actor):
    role = Role.objects.get(pk=modest.role_id)
    Role.objects.filter(pk=role.pk).update(powers=sorted({*role.powers, "customers.merge"}))
    other = create(CustomerDraft(name="张敏敏", region="上海市"), contacts=[], by=actor(town.li), at=now())
    page = reverse("customers:merging", args=[other.number])
    told = body(sign_in(modest).get(page, {"duplicate": rich.number}))
    assert [secret for secret in SECRETS if secret in told] == []
    assert "take-revenue" not in told
    assert "8,888,001" in body(sign_in(town.li).get(page, {"duplicate": rich.number}))

    asked = {"duplicate": rich.number, "take-revenue": "theirs"}
    refused = sign_in(modest).post(page, asked)
    assert refused.status_code == 422
    assert str(NO_AMOUNTS) in refused.content.decode()
    merges = f"customers/{other.number}/merges"
    assert program(modest).post(merges, {"duplicate": rich.number, "take": ["revenue"]}).status_code == 403
    assert program(modest).post(merges, {"duplicate": rich.number}).json()["revenue"] is None
    assert Customer.objects.get(pk=other.pk).revenue is None


def test_the_work_list_of_duplicates_tells_no_amounts(rich, modest, town, sign_in, actor):
    role = Role.objects.get(pk=modest.role_id)
    Role.objects.filter(pk=role.pk).update(powers=sorted({*role.powers, "customers.merge"}))
    contact = ContactDraft(name="张敏敏", phones=("13800138000",))
    create(CustomerDraft(name="张敏敏"), contacts=[contact], by=actor(town.li), at=now())
    while look_for_pairs(now() + timedelta(minutes=2)):
        pass
    told = body(sign_in(modest).get(reverse("customers:duplicates_review")))
    assert rich.number in told
    assert [secret for secret in SECRETS if secret in told] == []
