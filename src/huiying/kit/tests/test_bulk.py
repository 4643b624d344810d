from __future__ import annotations

from datetime import date, timedelta
from decimal import Decimal

import pytest
from django.db import IntegrityError, transaction
from django.forms import model_to_dict
from django.utils import timezone

from huiying.customers.models import Contact, Customer, Order
from huiying.deadlines.models import Clock, Policy
from huiying.journal.models import Entry
from huiying.kit.bulk import FEW, insert_all

MANY = FEW + 5


def customers() -> list[Customer]:
    return [
        Customer(number=f"B{n}", name=f"制表\t换行\n反斜杠\\ {n}", name_key=f"b{n}", revenue=Decimal("1.50"))
        for n in range(MANY)
    ]


def test_rows_written_at_once_stand_as_they_were_meant(town):
    rows = customers()
    insert_all(rows)
    assert len({row.pk for row in rows}) == MANY
    assert all(not row._state.adding for row in rows)
    for row in Customer.objects.filter(number__startswith="B"):
        meant = next(each for each in rows if each.pk == row.pk)
        assert model_to_dict(row) == model_to_dict(meant)
        assert row.created_at == meant.created_at


def test_rows_may_point_to_rows_saved_meanwhile(town):
    parents = customers()
    contacts = [Contact(customer=parent, name="张敏", birthday=date(1996, 2, 29)) for parent in parents]
    insert_all(parents)
    insert_all(contacts)
    assert Contact.objects.filter(customer__number="B3").get().birthday == date(1996, 2, 29)


def test_codes_spans_and_moments_are_kept(town):
    now, policy = timezone.now(), Policy.objects.filter(active=True).first()
    insert_all(
        [
            Clock(
                subject_type="cases.case",
                subject_id=10**9 + n,
                policy=policy,
                kind="k",
                started_at=now,
                counted_from=now,
                due_at=now,
                allowance=timedelta(hours=n, microseconds=3),
            )
            for n in range(MANY)
        ]
    )
    clock = Clock.objects.get(subject_id=10**9 + 7)
    assert (clock.allowance, clock.due_at) == (timedelta(hours=7, microseconds=3), now)
    insert_all([Entry(at=now, verb="x", subject_type="t", subject_id=n, facts={"字": [n, None]}) for n in range(MANY)])
    assert Entry.objects.get(verb="x", subject_id=7).facts == {"字": [7, None]}


def test_a_row_that_is_there_already_is_refused(town):
    order = {"customer": town.zhang, "product": "冰箱", "ordered_on": date(2026, 1, 1)}
    Order.objects.create(number="N3", **order)
    with pytest.raises(IntegrityError), transaction.atomic():
        insert_all([Order(number=f"N{n}", **order) for n in range(MANY)])
    assert Order.objects.count() == 1


def test_nothing_is_nothing_to_write(django_assert_num_queries, town):
    with django_assert_num_queries(0):
        insert_all([])
