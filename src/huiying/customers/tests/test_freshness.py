"""Archives are kept true: each part knows how old it is, comes up in time and is confirmed in one click."""

from __future__ import annotations

from datetime import date, timedelta
from itertools import product

import pytest
from django.utils import timezone
from hypothesis import given
from hypothesis import strategies as st

from huiying.customers.actions.freshness import change_review_rule, reckon_reviews, tell_of_reviews
from huiying.customers.actions.standing import set_tier
from huiying.customers.models import Block, Customer, Freshness, ReviewRule, Tier
from huiying.customers.queries.reviews import ago
from huiying.customers.reviewing import months_later
from huiying.journal.models import Entry
from huiying.notifications.models import Notice

HTMX = {"HX-Request": "true"}


@pytest.fixture
def address(town) -> str:
    reckon_reviews(timezone.now())
    return f"/customers/{town.zhang.number}/"


def due_on(customer: Customer) -> date | None:
    reckon_reviews(timezone.now())
    customer.refresh_from_db()
    return customer.review_due_on


@pytest.mark.parametrize(("days", "told"), [(44, "44 天前"), (715, "23 个月前"), (720, "24 个月前"), (730, "2 年前")])
def test_the_longer_ago_the_greater_the_words(days, told):
    assert ago(date(2026, 3, 2) - timedelta(days=days), today=date(2026, 3, 2)) == told


def test_an_ordinary_customer_is_due_after_half_a_year_a_vip_after_a_quarter(town, actor, address):
    assert due_on(town.zhang) == date(2026, 9, 2)
    set_tier(town.zhang, Tier.VIP, reason="大客户", by=actor(town.lin), at=timezone.now())
    Customer.objects.update(review_due_on=None)
    assert due_on(town.zhang) == date(2026, 6, 2)


def test_a_change_of_tier_plans_the_review_anew(town, actor, address, perform_duties):
    set_tier(town.zhang, Tier.HIGH, reason="复购", by=actor(town.lin), at=timezone.now())
    perform_duties()
    assert due_on(town.zhang) == date(2026, 6, 2)


def test_a_project_under_way_is_looked_through_each_month(town, as_lin, address):
    typed = {"name": "张敏", "kind": "person", "status": "active", "in_project": "on", "version": 1}
    assert as_lin.post(f"{address}revision/", typed).status_code == 302
    assert due_on(town.zhang) == date(2026, 4, 2)


def test_the_oldest_part_decides_when_the_archive_is_due(town, as_lin, address, monday_morning, sign_in):
    monday_morning.shift(timedelta(days=60))
    sign_in(town.lin).post(f"{address}confirmation/", {"block": "contacts"}, headers=HTMX)
    assert due_on(town.zhang) == date(2026, 9, 2)
    sign_in(town.lin).post(f"{address}confirmation/", headers=HTMX)
    assert due_on(town.zhang) == date(2026, 11, 1)
    parts = Freshness.objects.filter(customer=town.zhang, confirmed=True, by=town.lin)
    assert set(parts.values_list("block", flat=True)) == set(Block.values)


def test_every_deed_on_a_part_makes_it_young(town, as_lin, address, monday_morning, sign_in):
    monday_morning.shift(timedelta(days=60))
    sign_in(town.lin).post(f"{address}contacts/new/", {"name": "张强"}, headers=HTMX)
    sign_in(town.lin).post(
        f"{address}orders/new/",
        {"number": "D1", "product": "滤芯", "quantity": "1", "amount": "9", "ordered_on": "2026-05-01"},
        headers=HTMX,
    )
    typed = {
        "name": "张敏",
        "kind": "person",
        "status": "active",
        "decision_maker": "张总",
        "preferences": "微信",
        "owner": town.lin.pk,
        "version": 1,
    }
    sign_in(town.lin).post(f"{address}revision/", typed)
    touched = Freshness.objects.filter(customer=town.zhang, confirmed=False).values_list("block", flat=True)
    assert set(touched) == {"contacts", "orders", "requirements", "preferences"}


def test_the_page_says_how_old_each_part_is_and_what_to_ask(town, as_lin, as_wang, address, monday_morning, sign_in):
    assert "confirmed" not in {age.block for age in as_lin.get(address).context["ages"].due}
    monday_morning.shift(timedelta(days=200))
    assert len(sign_in(town.lin).get(address).context["ages"].due) == len(Block)
    assert 'id="asks-review"' in sign_in(town.wang).get(f"{address}card/").content.decode()
    sign_in(town.wang).post(f"{address}confirmation/", {"row": "1", "block": list(Block.values)}, headers=HTMX)
    assert 'id="asks-review"' not in sign_in(town.wang).get(f"{address}card/").content.decode()


def test_who_may_not_change_customers_confirms_nothing(town, sign_in, address):
    nosy = sign_in(town.sun)
    assert nosy.post(f"{address}confirmation/", headers=HTMX).status_code in {403, 404}
    assert not Freshness.objects.exists()


def test_the_work_list_shows_the_most_overdue_first_and_loses_whom_one_confirms(
    town, as_lin, address, monday_morning, sign_in
):
    later = Customer.objects.create(number="C000002", name="李雷", name_key="李雷", owner=town.lin)
    Customer.objects.create(number="C000003", name="韩梅", name_key="韩梅", owner=town.lin, status="lost")
    reckon_reviews(timezone.now())
    Customer.objects.filter(pk=later.pk).update(review_due_on=date(2026, 9, 1))
    assert as_lin.get("/customers/reviews/").context["rows"] == []
    monday_morning.shift(timedelta(days=200))
    page = sign_in(town.lin).get("/customers/reviews/")
    assert [row.customer.name for row in page.context["rows"]] == ["李雷", "张敏"]
    assert sign_in(town.lin).get("/customers/").context["review_count"] == "2"
    sign_in(town.lin).post(f"{address}confirmation/", {"row": "1"}, headers=HTMX)
    assert [row.customer.name for row in sign_in(town.lin).get("/customers/reviews/").context["rows"]] == ["李雷"]
    assert sign_in(town.lin).get("/customers/reviews/?tier=vip").context["rows"] == []


def test_the_work_list_costs_the_same_for_many(
    town, as_lin, address, monday_morning, django_assert_max_num_queries, sign_in
):
    Customer.objects.bulk_create(
        Customer(number=f"C1{n:05}", name=f"客户{n}", name_key=f"客户{n}", owner=town.lin) for n in range(60)
    )
    while reckon_reviews(timezone.now()):
        pass
    monday_morning.shift(timedelta(days=200))
    lin = sign_in(town.lin)
    with django_assert_max_num_queries(14):
        page = lin.get("/customers/reviews/")
    assert len(page.context["rows"]) == 50
    assert page.context["older"]


def test_the_account_manager_is_told_once(town, address, monday_morning, perform_duties):
    assert tell_of_reviews(timezone.now()) == 0
    monday_morning.shift(timedelta(days=200))
    assert tell_of_reviews(timezone.now()) == 1
    assert tell_of_reviews(timezone.now()) == 0
    perform_duties()
    assert Notice.objects.get(user=town.lin).link.startswith("/customers/reviews/")
    assert not Notice.objects.exclude(user=town.lin).exists()


def test_an_administrator_sets_the_spans_and_the_dates_follow(town, address, sign_in, as_lin):
    as_admin = sign_in(town.admin)
    months = {"vip": 2, "high": 2, "potential": 4, "ordinary": 4, "project": 1}
    assert as_lin.post("/settings/reviews/", months).status_code == 403
    assert as_admin.post("/settings/reviews/", {**months, "vip": 0}).status_code == 422
    assert as_admin.post("/settings/reviews/", months).status_code == 302
    assert (ReviewRule.current().ordinary, due_on(town.zhang)) == (4, date(2026, 7, 2))
    assert Entry.objects.filter(verb="review_rule_changed").count() == 1


def test_other_spans_move_every_known_date_as_if_it_were_reckoned_anew(town, address, actor):
    before, rule = ReviewRule(), ReviewRule(vip=1, high=1, potential=1, ordinary=18, project=13)
    days = [date(2024, 1, 31), date(2024, 2, 29), date(2025, 8, 31), date(2025, 12, 15), None]
    places = list(product(days, ("vip", "ordinary"), (False, True)))
    for number, (day, tier, in_project) in enumerate(places):
        due = day and months_later(day, before.months(tier, in_project=in_project))
        about = {"reviewed_on": day, "review_due_on": due, "review_told": True}
        Customer.objects.create(number=f"C2{number:05}", name_key="客户", tier=tier, in_project=in_project, **about)

    change_review_rule(rule, by=actor(town.admin), at=timezone.now())
    for one in Customer.objects.filter(name_key="客户"):
        due = one.reviewed_on and months_later(one.reviewed_on, rule.months(one.tier, in_project=one.in_project))
        assert one.review_due_on == due
        assert one.review_told == (due is None or due <= timezone.localdate())


def test_a_program_reads_and_confirms(town, program, address):
    lin = program(town.lin)
    before = lin.get(f"customers/{town.zhang.number}/freshness").json()
    assert {part["how"] for part in before} == {"entered"}
    after = lin.post(f"customers/{town.zhang.number}/confirmation", {"blocks": ["orders"]}).json()
    assert {part["block"] for part in after if part["how"] == "confirmed"} == {"orders"}
    assert lin.get("reviews", owner="me").json()["items"] == []


@given(st.dates(date(1990, 1, 1), date(2100, 12, 31)), st.integers(1, 60))
def test_so_many_months_later_is_never_in_another_month(day, months):
    later = months_later(day, months)
    assert (later.year * 12 + later.month) - (day.year * 12 + day.month) == months
    assert later.day <= day.day
