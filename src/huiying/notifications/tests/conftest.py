"""What the tests of notices share: a deed that others are told of, and wishes how."""

from __future__ import annotations

from dataclasses import replace

import pytest
from django.utils import timezone

from huiying.journal.entries import record
from huiying.notifications.actions.habits import set_habits
from huiying.notifications.actions.robot import RobotDraft, add_robot
from huiying.notifications.habits import habits_of, with_habits
from huiying.notifications.matrix import Event, Relation
from huiying.notifications.notices import Word, tell
from huiying.staff.verbs import SHIFT_STARTED

from .exchange import Exchange, opened


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


@pytest.fixture
def exchange(settings):
    settings.PRIVATE_TARGETS, settings.ROBOT_HOSTS = True, ["127.0.0.1"]
    listening = Exchange()
    server = opened(listening)
    yield listening
    server.shutdown()
    server.server_close()


@pytest.fixture
def robot(town, actor, exchange):
    """Return a function by which the administrator sets up a robot, of 投诉一组 unless said otherwise."""

    def robot_(kind="wecom", *, team=town.first_team, owner=None, secret=""):
        draft = RobotDraft(kind=kind, name="投诉一组群", team=None if owner else team, url=exchange.url, secret=secret)
        return add_robot(draft, owner=owner, by=actor(owner or town.admin), at=timezone.now())

    return robot_
