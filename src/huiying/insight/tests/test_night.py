"""A night's figures: written once for everybody, warnings raised once and settled by themselves."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from django.utils.timezone import localdate, now

from huiying.customers.models import Customer, Figures, Order, Score
from huiying.engagement.models import PlannedContact
from huiying.insight.actions.night import reckon
from huiying.insight.models import ChurnWarning, Reckoning
from huiying.insight.night import perform_reckoning, reckon_at_night
from huiying.insight.queries.terms import terms_now
from huiying.journal.models import Entry

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def at_once(settings):
    settings.TASKS = {"default": {"BACKEND": "django_tasks.backends.immediate.ImmediateBackend"}}


def customers(count: int) -> list[Customer]:
    rows = [Customer(number=f"B{n:05}", name=f"客户{n}", name_key=f"客户{n}") for n in range(count)]
    return Customer.objects.bulk_create(rows)


def customers_named(*names: str) -> list[Customer]:
    return Customer.objects.bulk_create(Customer(number=f"N{name}", name=name, name_key=name) for name in names)


def buys(customer: Customer, *days_ago: int, amount: int = 100) -> None:
    today = localdate()
    Order.objects.bulk_create(
        Order(
            customer=customer,
            number=f"{customer.pk}-{days}",
            product="净水器",
            amount=amount,
            ordered_on=today - timedelta(days=days),
        )
        for days in days_ago
    )


def figures_of(customer: Customer) -> Figures:
    return Figures.objects.get(customer=customer)


def reckon_today() -> Reckoning:
    Reckoning.objects.filter(day=localdate()).delete()
    reckoning = Reckoning.objects.create(day=localdate(), moved_at=now())
    reckon(reckoning, terms_now(), at=now())
    return reckoning


def test_orders_in_figures(town):
    buys(town.zhang, 400, 30, 20, amount=50)
    reckon_today()
    figures = figures_of(town.zhang)
    assert (figures.orders, figures.amount, figures.amount_year, figures.amount_year_before) == (3, 150, 100, 50)
    assert (figures.first_order_on, figures.last_order_on) == (
        localdate() - timedelta(days=400),
        localdate() - timedelta(days=20),
    )


def test_with_few_buyers_nothing_is_foreseen_but_averages_stand(town):
    buys(town.zhang, 30, 20)
    reckoning = reckon_today()
    figures = figures_of(town.zhang)
    assert figures.alive is None
    assert figures.lifetime_value is None
    assert figures.frequency_score == 3
    assert reckoning.buying == {}
    assert reckoning.value_test == {}


def many_buyers() -> list[Customer]:
    known = customers(160)
    for number, customer in enumerate(known):
        step = 20 + number % 50
        buys(customer, *range(number % 40, 720 - number, step), amount=100 + number * 7 % 90)
    return known


def test_with_many_buyers_value_and_chance_are_foreseen(town):
    known = many_buyers()
    reckoning = reckon_today()
    assert reckoning.state == "done"
    assert reckoning.buying["customers"] == 160
    assert reckoning.value_test["customers"] > 100
    figures = [figures_of(customer) for customer in known]
    assert all(0 <= one.alive <= 1 for one in figures if one.alive is not None)
    assert all(one.lifetime_value >= 0 and 0 <= one.value_percentile <= 100 for one in figures)


def test_of_who_bought_once_nothing_is_foreseen(town):
    many_buyers()
    once, again = customers_named("一次", "再来")
    buys(once, 8, amount=1_999)
    buys(again, 60, 8, amount=1_999)
    reckoning = reckon_today()
    figures = figures_of(once)
    assert (figures.orders, figures.amount, figures.frequency_score) == (1, 1_999, 1)
    assert (figures.alive, figures.expected_orders, figures.lifetime_value, figures.value_percentile) == (None,) * 4
    assert figures_of(again).lifetime_value > 0
    assert (reckoning.buyers, reckoning.repeat_buyers, reckoning.buying["customers"]) == (162, 161, 162)


def test_all_who_are_worth_the_same_stand_in_the_middle(town):
    known = customers(120)
    for customer in known:
        buys(customer, *range(5, 300, 30))
    reckon_today()
    assert {figures_of(customer).value_percentile for customer in known} == {50}


def test_reckoning_again_changes_nothing(town):
    buys(town.zhang, 30, 20)
    reckon_today()
    before = Figures.objects.values().get(customer=town.zhang)
    reckon_today()
    assert Figures.objects.values().get(customer=town.zhang) == before


def test_the_number_of_statements_does_not_grow_with_customers(town, django_assert_max_num_queries):
    many_buyers()
    reckoning = Reckoning.objects.create(day=localdate(), moved_at=now())
    with django_assert_max_num_queries(30):
        reckon(reckoning, terms_now(), at=now())


def test_who_falls_silent_is_warned_of_once_and_settled_when_they_order(town):
    buys(town.zhang, *range(90, 900, 30))
    assert reckon_today().raised == 1
    warning = ChurnWarning.objects.get()
    (reason,) = warning.reasons
    assert (reason["signal"], reason["days"], reason["usual"]) == ("silence", 90, 30)
    assert reckon_today().raised == 0
    assert Entry.objects.filter(verb="churn_raised", customer_id=town.zhang.pk).count() == 1
    buys(town.zhang, 0)
    assert reckon_today().cleared == 1
    warning.refresh_from_db()
    assert warning.end == ChurnWarning.End.VANISHED


def test_who_buys_seldom_is_not_silent_after_a_quarter(town):
    buys(town.zhang, *range(90, 1_200, 180))
    assert reckon_today().raised == 0


def test_who_left_long_ago_is_no_warning(town):
    buys(town.zhang, *range(600, 1_200, 30))
    assert reckon_today().raised == 0


def test_low_scores_count_beside_silence(town):
    buys(town.zhang, *range(45, 900, 30))
    Score.objects.create(customer=town.zhang, at=now() - timedelta(days=60), points=95)
    Score.objects.create(customer=town.zhang, at=now() - timedelta(days=5), points=40)
    reckon_today()
    reasons = ChurnWarning.objects.get().reasons
    assert {reason["signal"] for reason in reasons} == {"silence", "scores"}
    assert next(reason for reason in reasons if reason["signal"] == "scores")["before"] == 95


def test_missed_plans_count_beside_silence(town):
    buys(town.zhang, *range(45, 900, 30))
    terms = {"customer": town.zhang, "tier": town.zhang.tier, "state": "missed"}
    PlannedContact.objects.create(due_on=localdate() - timedelta(days=5), **terms)
    PlannedContact.objects.create(due_on=localdate() - timedelta(days=25), **terms)
    PlannedContact.objects.create(due_on=localdate() - timedelta(days=26), is_excused=True, **terms)
    Score.objects.create(customer=town.zhang, at=now() - timedelta(days=5), points=40)
    reckon_today()
    reasons = ChurnWarning.objects.get().reasons
    assert next(reason for reason in reasons if reason["signal"] == "plans")["missed"] == 2


def test_the_night_comes_once_however_many_heartbeats(town):
    assert reckon_at_night(now()) == 1
    assert reckon_at_night(now()) == 0
    assert Reckoning.objects.get().state == Reckoning.State.DONE


def test_it_waits_for_its_hour(town, monday_morning):
    Reckoning.objects.create(day=date(2026, 3, 1), moved_at=now(), state=Reckoning.State.DONE)
    monday_morning.move_to("2026-03-02T00:30:00+08:00")
    assert reckon_at_night(now()) == 0
    monday_morning.move_to("2026-03-02T02:00:00+08:00")
    assert reckon_at_night(now()) == 1


def test_a_worker_that_died_is_followed_by_another(town):
    stale = now() - Reckoning.STUCK_AFTER - timedelta(minutes=1)
    dead = Reckoning.objects.create(day=localdate(), moved_at=stale, state=Reckoning.State.RUNNING)
    assert reckon_at_night(now()) == 1
    dead.refresh_from_db()
    assert dead.state == Reckoning.State.DONE
    perform_reckoning.call(dead.pk)  # a task that comes twice finds nothing to do
    assert Reckoning.objects.get().done_at == dead.done_at
