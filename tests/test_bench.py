"""The load scripts themselves: what they make and how they reckon."""

from __future__ import annotations

import csv
from datetime import UTC, datetime

import pytest

from bench import clientele, corpus, floor, ringing
from bench.load import Measure, repeat
from huiying.cases.models import Case
from huiying.channels.models import Message
from huiying.deadlines.models import Clock
from huiying.engagement.substance import Record, problem_of
from huiying.journal.models import Entry
from huiying.search.models import Document

NOW = datetime(2026, 3, 2, 2, tzinfo=UTC)


def test_the_corpus_is_the_same_every_time_and_leaves_no_blank(tmp_path):
    first, second = tmp_path / "a.csv", tmp_path / "b.csv"
    for path in (first, second):
        corpus.write_file(path, 300, now=NOW)
    assert first.read_bytes() == second.read_bytes()
    with first.open(encoding="utf-8") as file:
        rows = list(csv.DictReader(file))
    assert len({row["编号"] for row in rows}) == 300
    assert not any("{" in cell for row in rows for cell in row.values())
    assert 0.2 < sum(not row["结案时间"] for row in rows) / 300 < 0.4


@pytest.mark.parametrize(
    ("written", "model"),
    [
        (floor.CASE, Case),
        (floor.CLOCK, Clock),
        (ringing.CROWD, Clock),
        (floor.MESSAGE, Message),
        (floor.DOCUMENT, Document),
        (floor.ENTRY, Entry),
    ],
)
def test_the_floor_writes_every_column_that_must_be_filled(written, model):
    needed = [field.column for field in model._meta.local_concrete_fields if not (field.null or field.primary_key)]
    assert [column for column in needed if column not in written] == []


def test_a_measure_tells_median_tail_and_rate():
    measure = Measure.of([0.001] * 95 + [0.1] * 5, seconds=2)
    assert (measure.p50, measure.rate) == (1.0, 50.0)
    assert measure.p95 > 1


def test_each_client_repeats_its_own_deed_and_a_failure_ends_the_run():
    made = []

    def client(_turn):
        made.append([])
        return made[-1].append

    assert repeat(client, clients=2, seconds=0.01).rate > 0
    assert all(len(deeds) > 2 for deeds in made)
    with pytest.raises(ZeroDivisionError):
        repeat(lambda _turn: lambda _number: 1 / 0, clients=2, seconds=0.01)


def test_the_large_archive_has_five_orders_and_ten_specific_records_to_a_customer(tmp_path):
    files = clientele.write_files(tmp_path, 600, owners=["王芳"], today=NOW.date())
    for kind, path in files.items():
        with path.open(encoding="utf-8") as file:
            rows = list(csv.DictReader(file))
        assert len({next(iter(row.values())) for row in rows}) == len(rows) == 600 * clientele.EACH[kind]
        if kind == "interactions":
            assert not any(problem_of(Record(content=row["沟通内容"], feedback=row["客户反馈"])) for row in rows[:50])
