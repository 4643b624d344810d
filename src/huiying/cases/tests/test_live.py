"""Live updates: whoever may see a case hears that it changed, and nobody else."""

from __future__ import annotations

import asyncio
import json
import threading

import pytest
from django.db import connection
from django.utils.timezone import now

from huiying.cases.actions import ActionDraft, accept, assign, note, plan_action, record_findings
from huiying.cases.actions.presence import be_present
from huiying.cases.live.broadcast import Broadcast, Listener, Round, look_after_sessions, news_for
from huiying.cases.live.scene import scenes
from huiying.cases.models import ActionItem, Case
from huiying.cases.views.live import missed_since
from huiying.journal.models import Entry
from huiying.journal.tail import newest_id
from huiying.staff.models import User

from .lodging import findings, lodge

pytestmark = pytest.mark.django_db


@pytest.fixture
def case(town):
    return lodge(town.wang, team=town.first_team, owner=town.wang)


def heard(texts):
    """Return the names and facts of events."""
    events = [dict(line.split(": ", 1) for line in text.strip().splitlines()) for text in texts]
    return [(event["event"], json.loads(event["data"])) for event in events]


def test_who_hears_of_a_case_is_who_may_see_it(town, case, actor):
    lodge(town.chen, team=town.second_team, owner=town.chen)
    lodge(town.lin)
    for_logistics = accept(lodge(town.chen, team=town.second_team), by=actor(town.chen), at=now())
    record_findings(for_logistics, findings(town), by=actor(town.chen), at=now())
    plan_action(
        for_logistics,
        ActionDraft(title="补发", department=town.logistics, due_at=now().replace(hour=23)),
        by=actor(town.chen),
        at=now(),
    )
    everything = scenes(set(Case.objects.values_list("pk", flat=True)))
    assert ActionItem.objects.count() == 1
    for person in User.objects.all():
        who = actor(person)
        seen = {scene.number for scene in everything if scene.is_seen_by(who)}
        assert seen == set(Case.objects.visible_to(who).values_list("number", flat=True)), person.name


def test_an_owner_hears_of_case_and_desk_and_a_stranger_of_nothing(town, case, actor):
    changed = scenes({case.pk})
    assert heard(news_for(actor(town.wang), changed, mark=7)) == [
        ("case", {"number": case.number, "version": case.version}),
        ("desk", {}),
    ]
    assert news_for(actor(town.chen), changed, mark=7) == []


def test_a_reader_that_comes_back_hears_what_it_missed(town, case, actor):
    mark = newest_id()
    assert missed_since(mark, actor(town.wang)) == []
    note(case, "客户下午三点后方便", by=actor(town.wang), at=now())
    assert heard(missed_since(mark, actor(town.wang)))[0][0] == "case"
    assert missed_since(mark, actor(town.chen)) == []


def test_open_streams_are_told_of_what_is_written(town, case, actor, sign_in, django_assert_num_queries):
    with listening(town.wang, sign_in, actor) as wang, listening(town.chen, sign_in, actor) as chen:
        round_ = Round()
        note(case, "客户下午三点后方便", by=actor(town.wang), at=now())
        with django_assert_num_queries(5):
            round_.run(frozenset({wang, chen}))
        assert [name for name, _facts in heard(wang.taken)] == ["case", "desk"]
        assert chen.taken == []


def test_those_on_a_case_hear_once_that_somebody_came(town, case, actor, sign_in):
    people = (town.wang, town.li, town.chen)
    with (
        listening(town.wang, sign_in, actor) as wang,
        listening(town.li, sign_in, actor) as li,
        listening(town.chen, sign_in, actor) as chen,
    ):
        round_ = Round()
        for person in people[:2]:
            be_present(case, "viewing", by=person.pk, at=now())
        round_.run(frozenset({wang, li, chen}))
        told = [("presence", {"number": case.number})]
        assert (heard(wang.taken), heard(li.taken), heard(chen.taken)) == (told, told, [])
        round_.run(frozenset({wang, li, chen}))
        assert heard(wang.taken) == told
        be_present(case, "typing", by=town.li.pk, at=now())
        round_.run(frozenset({wang, li, chen}))
        assert heard(wang.taken) == told * 2


def test_whoever_a_case_was_taken_from_hears_it_at_once(town, case, actor, sign_in):
    with listening(town.wang, sign_in, actor) as wang:
        round_ = Round()
        assign(case, to=town.chen, by=actor(town.li), at=now())
        round_.run(frozenset({wang}))
        assert ("desk", {}) in heard(wang.taken)


def test_whoever_signs_out_hears_no_more(town, actor, sign_in):
    with listening(town.wang, sign_in, actor) as wang, listening(town.li, sign_in, actor) as li:
        wang.browser.logout()
        User.objects.filter(pk=town.li.pk).update(is_active=False)
        look_after_sessions({wang, li})
        assert wang.taken == [None]
        assert li.taken == [None]


def test_a_reader_that_is_stuck_is_sent_away(town, actor):
    loop = asyncio.new_event_loop()
    listener = Listener(actor=actor(town.wang), session_key="x", loop=loop)
    for _ in range(300):
        listener.take("event")
    loop.close()
    words = [listener.words.get_nowait() for _ in range(listener.words.qsize())]
    assert words[-1] is None


def test_a_reader_that_breaks_down_makes_room_for_the_next(monkeypatch):
    broadcast = Broadcast()
    broadcast.listeners = {object()}
    broadcast.reader = threading.current_thread()
    monkeypatch.setattr(Round, "__init__", lambda _round: 1 / 0)
    monkeypatch.setattr(connection, "close", lambda: None)  # this one is the test's own
    with pytest.raises(ZeroDivisionError):
        broadcast.read()
    assert broadcast.reader is None


def test_the_stream_asks_who_one_is(as_nobody, as_wang):
    assert as_nobody.get("/live/").status_code == 302
    answer = as_wang.get("/live/", headers={"Last-Event-ID": str(Entry.objects.count())})
    assert answer["Content-Type"] == "text/event-stream"
    assert answer.is_async
    assert as_wang.get("/live/", headers={"Last-Event-ID": "9" * 5000}).status_code == 200


class listening:  # noqa: N801 - reads as a word of the sentence
    """Somebody with a page open; `taken` is what their stream was handed."""

    def __init__(self, person, sign_in, actor):
        self.browser = sign_in(person)
        self.listener = Listener(actor=actor(person), session_key=self.browser.session.session_key, loop=None)

    def __enter__(self):
        self.listener.taken, self.listener.browser = [], self.browser
        self.listener.tell = self.listener.taken.append
        return self.listener

    def __exit__(self, *_exception):
        return None
