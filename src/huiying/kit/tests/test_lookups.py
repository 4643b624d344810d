"""Our look-ups find the same as Django's: for plain values and rows of another query, by key, word and relation."""

from __future__ import annotations

import gc
from datetime import date

import pytest

from huiying.customers.models import Contact, Customer, Figures
from huiying.kit.garbage import uncollected


def test_among_plain_values(town):
    zhang = town.zhang
    assert Customer.objects.get(pk__among={zhang.pk, 0}) == zhang
    assert Customer.objects.get(name__among=[zhang.name, "别人"]) == zhang
    assert Contact.objects.get(customer__among=[zhang.pk]).customer == zhang
    assert not Customer.objects.filter(pk__among=[]).exists()


def test_among_rows_of_another_query(town):
    assert Customer.objects.get(pk__among=Contact.objects.values("customer_id")) == town.zhang


def test_garbage_is_looked_for_again_afterwards_whatever_happens():
    with uncollected():
        assert not gc.isenabled()
    with pytest.raises(LookupError), uncollected():
        raise LookupError
    assert gc.isenabled()


def test_a_number_written_into_the_statement_is_compared_as_any_other(town):
    zhang = town.zhang
    Figures.objects.create(customer=zhang, as_of=date(2026, 3, 1), churn=75, value_percentile=80.5)
    assert Customer.objects.at_risk(75).get() == zhang
    assert not Customer.objects.at_risk(76).exists()
    assert Customer.objects.worth_at_least(80.5).get() == zhang
    assert not Customer.objects.worth_at_least(81).exists()
