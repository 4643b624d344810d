"""What the models promise of any buyers, and that they find again what made buyers up."""

from __future__ import annotations

import math
from itertools import pairwise

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from huiying.insight.statistics.buying import Buying, chance_alive, expected_days, fit_buying
from huiying.insight.statistics.hindsight import look_back_on_value
from huiying.insight.statistics.histories import Histories, Purchases, histories_of, sums_by_customer, usual_gaps
from huiying.insight.statistics.scoring import fifths, gini, shares_below
from huiying.insight.statistics.spending import Spending, expected_average, fit_spending
from huiying.insight.statistics.worth import worth_of
from huiying.insight.tests.buyers import made_up

CDNOW = Buying(r=0.243, alpha=4.414, a=0.793, b=2.426, log_likelihood=0, customers=1)
SPENDING = Spending(p=6.25, q=3.74, gamma=15.45, log_likelihood=0, customers=1, correlation=0.11, rank_correlation=0.2)
MONEY = st.floats(0.01, 1e6)


def one(*, repeats: int, recency: float, age: float, average: float = 50) -> Histories:
    whole, day = np.array([repeats]), np.array([0])
    numbers = {"recency": recency, "age": age, "average": average, "total": average}
    arrays = {name: np.array([float(value)]) for name, value in numbers.items()}
    return Histories(customer=day, repeats=whole, first=day, last=day, **arrays)


def test_the_example_of_the_paper():
    """Fader & Hardie's worked example: x 2, t_x 30.43, T 38.86 weeks gives 1.226 orders in 39 weeks."""
    known = one(repeats=2, recency=30.43, age=38.86)
    assert expected_days(CDNOW, known, weeks=39)[0] == pytest.approx(1.226, abs=0.001)


@given(repeats=st.integers(1, 3_000), age=st.floats(1, 1_500), share=st.floats(0, 1))
def test_a_chance_is_a_chance_and_expectations_are_finite(repeats, age, share):
    known = one(repeats=repeats, recency=age * share, age=age)
    assert 0 <= chance_alive(CDNOW, known)[0] <= 1
    expected = expected_days(CDNOW, known, weeks=52)[0]
    assert expected >= 0
    assert math.isfinite(expected)


@given(repeats=st.integers(1, 50), age=st.floats(10, 500), share=st.floats(0, 0.9))
def test_who_bought_lately_is_more_surely_a_buyer(repeats, age, share):
    earlier = one(repeats=repeats, recency=age * share, age=age)
    later = one(repeats=repeats, recency=age * (share + 0.1), age=age)
    assert chance_alive(CDNOW, later)[0] >= chance_alive(CDNOW, earlier)[0]


@given(repeats=st.integers(0, 50), age=st.floats(10, 500), weeks=st.floats(1, 100))
def test_a_longer_time_never_brings_less(repeats, age, weeks):
    known = one(repeats=repeats, recency=age * 0.8 if repeats else 0, age=age)
    assert expected_days(CDNOW, known, weeks=weeks + 1)[0] >= expected_days(CDNOW, known, weeks=weeks)[0]


@given(average=MONEY, more=st.floats(1, 1e5), repeats=st.integers(1, 200))
def test_who_spent_more_is_worth_more(average, more, repeats):
    less, much = (one(repeats=repeats, recency=5, age=9, average=value) for value in (average, average + more))
    assert expected_average(SPENDING, much)[0] > expected_average(SPENDING, less)[0]


def test_the_more_orders_are_known_the_less_the_mean_of_all_counts():
    few, many = (expected_average(SPENDING, one(repeats=x, recency=5, age=9, average=500))[0] for x in (1, 40))
    assert SPENDING.mean < few < many < 500


def test_the_buying_that_made_buyers_up_is_found_again():
    found = fit_buying(made_up(6_000, r=0.8, alpha=6, a=0.9, b=3.5))
    assert found.converged
    assert found.r == pytest.approx(0.8, rel=0.1)
    assert found.alpha == pytest.approx(6, rel=0.1)
    assert found.a / (found.a + found.b) == pytest.approx(0.9 / 4.4, rel=0.1)


def test_the_spending_that_made_buyers_up_is_found_again():
    known = made_up(6_000, r=0.8, alpha=6, a=0.9, b=3.5)
    found = fit_spending(known)
    bought = known.average[known.repeats > 0]
    assert found.converged
    assert found.is_independent
    assert found.mean == pytest.approx(float(bought.mean()), rel=0.1)


def test_spending_that_follows_frequency_is_said_to_depend():
    known = made_up(2_000, r=0.8, alpha=6, a=0.9, b=3.5)
    tied = Histories(**{**known.__dict__, "average": known.repeats * 10.0 + known.average / 100})
    assert not fit_spending(tied).is_independent


def test_nobody_to_fit_on_is_said():
    nobody = histories_of(Purchases(customer=np.array([]), day=np.array([]), amount=np.array([])), as_of=10)
    with pytest.raises(ValueError, match="No customers"):
        fit_buying(nobody)
    with pytest.raises(ValueError, match="No repeat buyers"):
        fit_spending(nobody)


def test_later_money_counts_less():
    known = one(repeats=8, recency=90, age=100)
    plain, discounted = (worth_of(CDNOW, SPENDING, known, months=12, yearly_rate=rate).money[0] for rate in (0, 0.1))
    assert 0.9 * plain < discounted < plain


@given(st.lists(MONEY, min_size=1, max_size=60))
def test_equal_values_score_alike_and_higher_ones_no_lower(values):
    scores = fifths(np.array(values))
    assert set(scores) <= {1, 2, 3, 4, 5}
    ordered = sorted(zip(values, scores, strict=True))
    assert all(a[1] <= b[1] if a[0] < b[0] else a[1] == b[1] for a, b in pairwise(ordered))


def test_fifths_of_ten_and_of_ties():
    assert list(fifths(np.arange(10.0))) == [1, 1, 2, 2, 3, 3, 4, 4, 5, 5]
    assert set(fifths(np.ones(9))) == {3}


def test_shares_below_and_order():
    assert list(shares_below(np.array([1.0, 3, 2, 2]))) == [0, 100, 50, 50]  # of three others one is less, one equal
    assert set(shares_below(np.ones(9))) == {50}
    assert list(shares_below(np.ones(1))) == [50]
    actual = np.array([4.0, 3, 2, 1])
    assert gini(actual, actual) == pytest.approx(1)
    assert gini(actual, -actual) < 0


def test_histories_count_days_after_the_first():
    bought = Purchases(
        customer=np.array([3, 3, 3, 8]), day=np.array([100, 107, 128, 121]), amount=np.array([10.0, 20, 40, 5])
    )
    known = histories_of(bought, as_of=128)
    assert list(known.repeats) == [2, 0]
    assert list(known.recency) == [4, 0]
    assert list(known.age) == [4, 1]
    assert list(known.average) == [30, 0]
    assert list(known.total) == [70, 5]
    assert len(histories_of(bought, as_of=99)) == 0
    days, money = sums_by_customer(bought.after(107, until=128), np.array([3, 8]))
    assert (list(days), list(money)) == ([1, 1], [40, 5])


def test_the_look_back_holds_against_what_came_who_had_bought_again():
    """A hundred steady buyers, and as many who had bought once then: of those nothing was foreseen."""
    steady = [(who, day) for who in range(100) for day in range(who % 7, 1_000, 20 + who % 9)]
    bought = sorted([*steady, *((100 + who, 300) for who in range(100)), *((100 + who, 700) for who in range(100))])
    whose, days = np.array(bought).T
    purchases = Purchases(customer=whose, day=days, amount=np.full(len(bought), 50.0))
    seen = look_back_on_value(purchases, today=1_000, fewest=30)
    assert seen is not None
    assert seen.customers == 100
    assert seen.actual_days == sum(day > 635 for _who, day in steady)


def test_usual_gaps_are_those_that_occurred():
    bought = Purchases(customer=np.array([1] * 5 + [2]), day=np.array([0, 10, 30, 60, 61, 5]), amount=np.ones(6))
    median, long = usual_gaps(bought, np.array([1, 2]))
    assert (median[0], long[0]) == (10, 30)
    assert np.isnan(median[1])
    assert np.isnan(long[1])
