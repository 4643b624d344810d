"""Following the journal: each entry once, whatever the order in which transactions end."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.utils.timezone import now

from huiying.journal.entries import entry_for, record
from huiying.journal.tail import PATIENCE, Tail
from huiying.staff.verbs import SHIFT_STARTED

pytestmark = pytest.mark.django_db


def happen(town, actor, *, pk=None):
    entry = entry_for(SHIFT_STARTED, town.wang, by=actor(town.wang), at=now(), name="王芳")
    entry.pk = pk
    entry.save(force_insert=True)
    return entry


def test_only_what_is_new_is_told_and_only_once(town, actor):
    record(SHIFT_STARTED, town.wang, by=actor(town.wang), name="王芳")
    tail = Tail()
    assert tail.news(now()) == []
    entry = happen(town, actor)
    assert tail.news(now()) == [entry]
    assert tail.news(now()) == []


def test_a_number_that_appears_late_is_told_still(town, actor):
    tail = Tail()
    late = tail.last + 1
    early = happen(town, actor, pk=late + 2)
    assert tail.news(now()) == [early]
    assert tail.news(now()) == []
    slow = happen(town, actor, pk=late)
    assert tail.news(now()) == [slow]
    assert tail.news(now()) == []


def test_a_number_that_never_appears_is_forgotten_in_time(town, actor):
    tail = Tail()
    happen(town, actor, pk=tail.last + 3)
    tail.news(now())
    assert len(tail.gaps) == 2
    tail.news(now() + PATIENCE + timedelta(seconds=1))
    assert not tail.gaps
