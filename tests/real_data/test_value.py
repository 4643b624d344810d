"""The published parameters of the CDNOW sample, from its raw purchases."""

from __future__ import annotations

import csv
from datetime import date

import numpy as np
import pytest

from huiying.insight.statistics.buying import expected_days, fit_buying
from huiying.insight.statistics.histories import Histories, Purchases, histories_of, sums_by_customer
from huiying.insight.statistics.scoring import fifths
from huiying.insight.statistics.spending import fit_spending

from .conftest import DATA

AS_OF, END = date(1997, 9, 30).toordinal(), date(1998, 6, 30).toordinal()


@pytest.fixture(scope="module")
def purchases() -> Purchases:
    money: dict[tuple[int, int], float] = {}
    with (DATA / "clv" / "cdnow_sample_transactions.csv").open(newline="") as file:
        for row in csv.DictReader(file):
            key = int(row["customer_id"]), date.fromisoformat(row["date"]).toordinal()
            money[key] = money.get(key, 0) + float(row["amount"])
    ordered = sorted(money)
    customers, days = np.array(ordered).T
    return Purchases(customer=customers, day=days, amount=np.array([money[key] for key in ordered]))


@pytest.fixture(scope="module")
def known(purchases) -> Histories:
    return histories_of(purchases, as_of=AS_OF)


@pytest.fixture(scope="module")
def summary() -> dict[str, np.ndarray]:
    with (DATA / "clv" / "cdnow_sample_summary.csv").open(newline="") as file:
        rows = list(csv.DictReader(file))
    return {name: np.array([float(row[name]) for row in rows]) for name in rows[0]}


def test_our_summary_is_theirs(known, summary):
    assert list(known.customer) == list(summary["ID"])
    assert list(known.repeats) == list(summary["x"])
    assert list(known.recency.round(2)) == list(summary["t_x"])
    assert list(known.age.round(2)) == list(summary["T"])
    assert np.abs(known.average - summary["zbar"]).max() <= 0.005 + 1e-9


def test_the_parameters_of_buying_are_the_published_ones(known):
    found = fit_buying(known)
    published = {"r": 0.243, "alpha": 4.414, "a": 0.793, "b": 2.426, "log_likelihood": -9582.4}
    for name, value in published.items():
        assert getattr(found, name) == pytest.approx(value, rel=0.01), name
    assert found.converged


def test_the_parameters_of_spending_are_the_published_ones(known):
    found = fit_spending(known)
    for name, value in {"p": 6.25, "q": 3.74, "gamma": 15.45}.items():
        assert getattr(found, name) == pytest.approx(value, rel=0.01), name
    assert found.customers == 946
    assert found.correlation == pytest.approx(0.11, abs=0.01)
    assert found.is_independent


def test_the_scores_are_those_of_the_summary(known, summary):
    silent = ((summary["T"] - summary["t_x"]) * 7).round()  # the file rounds weeks to two places
    assert list(fifths(-((known.age - known.recency) * 7).round())) == list(fifths(-silent))
    assert list(fifths(known.repeats.astype(float))) == list(fifths(summary["x"]))
    assert list(fifths(np.floor(known.average * 10))) == list(fifths(np.floor(summary["zbar"] * 10)))


def test_the_following_39_weeks_are_foreseen(purchases, known):
    actual, _money = sums_by_customer(purchases.after(AS_OF, until=END), known.customer)
    expected = expected_days(fit_buying(known), known, weeks=39)
    assert expected.sum() == pytest.approx(actual.sum(), rel=0.15)  # the paper, too, finds it low
    assert np.corrcoef(expected, actual)[0, 1] > 0.6
