"""Conditions of tier rules: what is not known never holds, numbers compare in their unit, wrong ones are refused."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as some

from huiying.customers.tiering.conditions import figures_read, read_condition
from huiying.customers.tiering.facts import full_years, growth
from huiying.customers.tiering.words import NUMBERS, WORDS
from huiying.kit.guards import BadInput

AMOUNT = {"word": "amount_year", "comparison": "at_least", "value": "1,000"}
THREE = {"word": "scores", "comparison": "all_at_least", "value": "90", "last": 3}
amounts = some.decimals(min_value=0, max_value=10**9, places=2)


@given(amounts, amounts)
def test_of_two_opposite_comparisons_exactly_one_holds(fact, value):
    def holds(comparison):
        told = {"word": "amount_year", "comparison": comparison, "value": str(value)}
        return read_condition(told).holds({"amount_year": fact})

    assert holds("at_least") != holds("less")
    assert holds("at_most") != holds("more")
    assert (holds("at_least") and holds("at_most")) == (fact == value)


@given(some.sampled_from(sorted(WORDS)), some.sampled_from(NUMBERS))
def test_what_is_not_known_holds_never(word, comparison):
    if WORDS[word].comparisons == NUMBERS:
        assert not read_condition({"word": word, "comparison": comparison, "value": "0"}).holds({word: None})


@given(some.lists(some.integers(0, 100), max_size=6))
def test_three_scores_in_a_row_are_the_newest_three(points):
    held = read_condition(THREE).holds({"scores": tuple(Decimal(one) for one in points)})
    assert held == (len(points) >= 3 and min(points[:3]) >= 90)


def test_choices_hold_when_one_of_them_is_there():
    one_of = read_condition({"word": "status", "comparison": "one_of", "value": ["lost", "lead"]})
    none_of = read_condition({"word": "status", "comparison": "none_of", "value": ["lost", "lead"]})
    assert (one_of.holds({"status": "lead"}), none_of.holds({"status": "lead"})) == (True, False)
    industry = read_condition({"word": "industry", "comparison": "one_of", "value": ["酒店", "Retail"]})
    assert industry.holds({"industry": "retail"})


@pytest.mark.parametrize(
    ("wrong", "field"),
    [
        ({"word": "weather"}, "word"),
        ({"comparison": "one_of"}, "comparison"),
        ({"value": "many"}, "value"),
        ({"value": "NaN"}, "value"),
        ({"value": "-1"}, "value"),
        (THREE | {"last": 0}, "last"),
        (THREE | {"value": "101"}, "value"),
        ({"word": "status", "comparison": "one_of", "value": ["asleep"]}, "value"),
    ],
)
def test_what_is_no_condition_is_refused_and_names_the_part(wrong, field):
    with pytest.raises(BadInput) as refusal:
        read_condition(AMOUNT | wrong)
    assert refusal.value.field == field


def test_a_condition_is_kept_as_it_was_read():
    for told in (AMOUNT, THREE, {"word": "status", "comparison": "none_of", "value": ["lost"]}):
        read = read_condition(told)
        assert read_condition(read.kept()) == read


def test_growth_needs_a_year_before_and_years_are_full_ones():
    assert growth(Decimal(130), Decimal(100)) == 30
    assert growth(Decimal(130), Decimal(0)) is None
    assert full_years(date(2024, 2, 29), on=date(2026, 2, 28)) == 1
    assert full_years(date(2027, 1, 1), on=date(2026, 2, 28)) is None


def test_figures_that_are_money_are_read_only_to_whoever_may_see_them():
    figures = {"amount_year": "600000", "scores": ["95", "91"], "growth": None}
    [(_label, money), *_others] = figures_read(figures, amounts=True)
    assert "600,000" in money
    assert len(figures_read(figures, amounts=False)) == 2
