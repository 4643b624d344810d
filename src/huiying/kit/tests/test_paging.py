"""Paging by keyset: forward and back, every row is shown once and in order, those without a value last."""

from __future__ import annotations

from datetime import date

import pytest

from huiying.customers.models import Customer
from huiying.kit.guards import BadInput
from huiying.kit.paging import capped_count, page_of, said_count

pytestmark = pytest.mark.django_db
DAYS = (3, None, 1, 1, 2, None, 3, 1)


@pytest.fixture
def customers():
    for at, day in enumerate(DAYS):
        on = date(2026, 3, day) if day else None
        Customer.objects.create(number=f"K{at}", name=f"客户{at}", name_key=f"客户{at}", first_contact_on=on)
    return Customer.objects.filter(number__startswith="K")


def walk(rows, by, *, limit=3):
    """Return the numbers met on the way to the end, and on the way back from the last page."""
    there, page = [], page_of(rows, by=by, limit=limit)
    there.append([row.number for row in page.items])
    while page.next_cursor:
        page = page_of(rows, by=by, cursor=page.next_cursor, limit=limit)
        there.append([row.number for row in page.items])
    back = []
    while page.previous_cursor:
        page = page_of(rows, by=by, cursor=page.previous_cursor, limit=limit)
        back.insert(0, [row.number for row in page.items])
    return there, back


def test_rows_without_a_value_come_last(customers):
    there, back = walk(customers, "first_contact_on")
    assert there == [["K2", "K3", "K7"], ["K4", "K0", "K6"], ["K1", "K5"]]
    assert back == there[:-1]


def test_the_newest_first(customers):
    there, back = walk(customers, "-first_contact_on", limit=2)
    assert there == [["K6", "K0"], ["K4", "K7"], ["K3", "K2"], ["K5", "K1"]]
    assert back == there[:-1]


def test_a_cursor_belongs_to_the_list_it_was_given_for(customers):
    elsewhere = page_of(customers, by="number", limit=3).next_cursor
    for cursor in ("nonsense", elsewhere):
        with pytest.raises(BadInput):
            page_of(customers, by="first_contact_on", cursor=cursor, limit=3)


def test_counting_stops_past_the_cap(customers):
    assert capped_count(customers, at_most=5) == 6
    assert [said_count(count, at_most=5) for count in (0, 5, 6)] == ["0", "5", "5+"]
    assert capped_count(customers, at_most=50) == len(DAYS)
