"""Which days are order days, and the money of each: returns and orders to come."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from django.utils.timezone import localdate

from huiying.insight.queries.evidence import order_days
from huiying.insight.tests.test_night import buys, figures_of, reckon_today


def test_a_return_is_no_order_and_takes_money_from_the_days_until_then():
    may, june, july = date(2026, 5, 4), date(2026, 6, 1), date(2026, 7, 6)
    rows = [(3, may, 300.0, None), (3, june, 200.0, -50.0), (3, july, None, -250.0), (8, july, None, -20.0)]
    rows += [(9, june, 80.0, None), (9, july, 60.0, -90.0)]
    told = [(3, may.toordinal(), 200.0), (3, june.toordinal(), 0.0)]  # 500 paid, 300 returned: 150 of June, 100 of May
    assert list(order_days(rows)) == [*told, (9, june.toordinal(), 50.0), (9, july.toordinal(), 0.0)]


@pytest.mark.django_db
def test_a_return_is_no_order(town):
    buys(town.zhang, 400, 90, amount=500)
    buys(town.zhang, 3, amount=-200)
    reckon_today()
    figures = figures_of(town.zhang)
    assert (figures.orders, figures.amount, figures.amount_year, figures.amount_year_before) == (2, 800, 300, 500)
    assert figures.last_order_on == localdate() - timedelta(days=90)


@pytest.mark.django_db
def test_an_order_of_tomorrow_is_not_known_yet(town):
    buys(town.zhang, 90, -1, amount=500)
    reckon_today()
    assert (figures_of(town.zhang).orders, figures_of(town.zhang).amount) == (1, 500)
