"""Records of contact from a file: taken as they are, once, with few statements however many rows."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from huiying.customers.models import Customer
from huiying.engagement.importers import InteractionImporter
from huiying.engagement.importers.interactions import known_refs
from huiying.engagement.models import Interaction
from huiying.imports.protocol import Kept, Row
from huiying.journal.actors import IMPORTER
from huiying.journal.models import Entry
from huiying.kit.guards import BadInput

SPECIFIC = "王总说三月份的滤芯已用完，要 20 个，周五前报价"


def row(number: int, **values) -> Row:
    at = timezone.now() - timedelta(days=number)
    return Row(number, {"customer_number": "C000001", "at": at, "content": f"{SPECIFIC}（{number}）", **values})


def store(*rows: Row) -> list[object]:
    return InteractionImporter().store(rows, by=IMPORTER, at=timezone.now())


def test_records_are_stored_once_by_their_outside_number(town):
    rows = [row(1, external_ref="A1", owner="林经理", contact="张敏"), row(2, external_ref="A2", owner="已离职的老刘")]
    assert store(*rows) == [Kept.STORED, Kept.STORED]
    assert store(*rows) == [Kept.UNCHANGED, Kept.UNCHANGED]
    first, second = Interaction.objects.order_by("external_ref")
    assert (first.owner, first.contact.name) == (town.lin, "张敏")
    assert (second.owner, second.participants) == (None, "已离职的老刘")
    assert Entry.objects.filter(subject_type="engagement.interaction").count() == 2


def test_without_a_number_the_same_words_at_the_same_moment_are_the_same(town):
    first = row(1)
    assert store(first, first, row(2)) == [Kept.STORED, Kept.UNCHANGED, Kept.STORED]
    assert store(first, row(3)) == [Kept.UNCHANGED, Kept.STORED]


def test_history_is_taken_as_it_is_and_marked_where_hollow(town):
    store(row(1), row(2, content="已沟通"))
    assert [one.is_hollow for one in Interaction.objects.order_by("-at")] == [False, True]


def test_a_row_of_nobody_or_of_tomorrow_is_rejected_with_the_reason(town):
    nobody, tomorrow, good = store(row(1, customer_number="X"), row(-1), row(1))
    assert isinstance(nobody, BadInput)
    assert tomorrow.field == "at"
    assert good is Kept.STORED


def test_a_name_finds_the_company(town):
    firm = Customer(number="C7", name="蓝湾酒店有限公司", kind="organisation")
    firm.key_name()
    firm.save()
    assert store(row(1, customer_number="", customer_name="蓝湾酒店有限公司")) == [Kept.STORED]
    assert Interaction.objects.get().customer == firm


@pytest.mark.parametrize("count", [2, 200])
def test_a_batch_costs_few_statements(town, count):
    with CaptureQueriesContext(connection) as captured:
        store(*(row(number, external_ref=f"R{number}", contact="张敏") for number in range(count)))
    assert len(captured) <= 14


def test_known_numbers_are_found_by_their_index_however_many_are_asked_for(town):
    asked = known_refs([f"R{number}" for number in range(200)])
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.execute("SET LOCAL enable_seqscan = off")  # of an empty table it would not ask an index
        assert "interaction_once" in asked.explain()
