"""What the tests of notices share: a deed that others are told of, and wishes how."""

from __future__ import annotations

from dataclasses import replace

import pytest
from django.utils import timezone

from huiying.journal.entries import record
from huiying.notifications.actions.habits import set_habits
from huiying.notifications.habits import habits_of, with_habits
from huiying.notifications.matrix import Event, Relation
from huiying.notifications.notices import Word, tell
from huiying.staff.verbs import SHIFT_STARTED


@pytest.fixture
def told(town, actor):
    """Return a function by which 李强 does something that somebody is told of, as theirs."""

    def told_(*people, event=Event.GIVEN, relation=Relation.MINE, headline="C1 冰箱送货延误三天", **word):
        entry = record(SHIFT_STARTED, town.li, by=actor(town.li), at=timezone.now(), name="李强")
        link = f"/cases/{headline.split()[0]}/"
        tell({relation: [one.pk for one in people]}, entry, Word(event=event, headline=headline, link=link, **word))
        return entry

    return told_


@pytest.fixture
def wish(actor):
    """Return a function by which somebody chooses roads for lines of the matrix, and whatever else."""

    def wish_(user, roads=None, **aside):
        (person,) = with_habits([user.pk])
        before = habits_of(person)
        wished = replace(before, roads={**before.roads, **(roads or {})}, **aside)
        set_habits(person, wished, by=actor(user), at=timezone.now())

    return wish_
