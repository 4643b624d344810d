"""What a cell says, and what it says wrongly."""

from __future__ import annotations

from contextlib import suppress
from datetime import date, datetime
from decimal import Decimal
from math import inf, nan
from time import perf_counter

import pytest

from huiying.kit.cells import as_amount, as_day, as_moment, as_text, as_whole, as_word, whole_digits
from huiying.kit.guards import BadInput


@pytest.mark.parametrize(
    ("written", "amount"),
    [
        ("￥12,345.60", "12345.60"),
        ("12345.6元", "12345.6"),
        ("1.2万", "12000"),
        ("1.5亿", "150000000"),
        ("１２３４５.６", "12345.6"),
        ("(300.00)", "-300"),
        ("¥-5", "-5"),
        (12.5, "12.5"),
    ],
)
def test_an_amount_is_read_as_it_is_meant(written, amount):
    assert as_amount(written) == Decimal(amount)


def test_a_column_in_units_of_ten_thousand_says_so_in_its_header():
    assert as_amount("12.5", "年采购额(万元)") == as_amount(12.5, "年采购额（万元）") == 125_000


@pytest.mark.parametrize("nothing", ["", "－", "-", "无", "N/A", None])
def test_nothing_is_no_amount(nothing):
    assert as_amount(nothing) is None
    assert as_word(nothing) == ""


@pytest.mark.parametrize("wrong", ["1,23,456", "约100", "(300", "12,34", "一万"])
def test_what_is_no_amount_is_refused(wrong):
    with pytest.raises(BadInput, match=r"amount|金额"):
        as_amount(wrong)


@pytest.mark.parametrize(
    "written",
    ["2026/3/2", "2026-03-02 10:05", "2026年3月2日", "2026.3.2", "20260302", 46083, "46083", date(2026, 3, 2)],
)
def test_a_day_is_read_in_any_usual_way(written):
    assert as_day(written) == date(2026, 3, 2)


def test_a_moment_is_in_the_time_of_the_installation():
    assert as_moment("2026/3/2 9:05:03").isoformat() == "2026-03-02T09:05:03+08:00"
    assert as_moment(datetime(2026, 3, 2, 9, 5)).isoformat() == "2026-03-02T09:05:00+08:00"  # noqa: DTZ001


@pytest.mark.parametrize("wrong", ["2026-13-01", "3/2/26", "昨天", "2026-02-30", "0001-01-01", "9999年12月31日"])
def test_what_is_no_day_is_refused(wrong):
    with pytest.raises(BadInput):
        as_day(wrong)


def test_texts_lose_what_nobody_sees():
    assert as_text("\u202d19868426992\u202c") == "19868426992"
    assert as_text("'15163713763") == "15163713763"
    assert as_text(19623152450.0) == "19623152450"


def test_digits_that_the_spreadsheet_cut_off_are_not_guessed():
    assert whole_digits("1.3800138000E+10") == "13800138000"
    with pytest.raises(BadInput, match=r"1\.38E\+10"):
        whole_digits("1.38E+10")


def test_a_whole_number_has_no_cents():
    assert as_whole("1,200人".removesuffix("人")) == 1200
    with pytest.raises(BadInput):
        as_whole("1.5")


@pytest.mark.parametrize("cell", [inf, -inf, nan, "99999", "80000", "05000", "1" * 100_000])
@pytest.mark.parametrize("read", [as_day, as_moment, as_amount, as_whole])
def test_what_is_out_of_all_bounds_is_refused_or_read_but_ends_nothing(read, cell):
    """One such cell must not end the import of a whole file, nor hold it up."""
    begun = perf_counter()
    with suppress(BadInput):
        read(cell)
    assert perf_counter() - begun < 0.5


@pytest.mark.parametrize("cell", ["99999", 99_999, 5_000, inf])
def test_a_number_beyond_the_days_excel_counts_is_no_day(cell):
    with pytest.raises(BadInput):
        as_day(cell)
