"""More time with approval: the deadline moves on, the ladder with it, and the customer is told (SPEC C6, presets)."""

from __future__ import annotations

from collections import OrderedDict
from datetime import timedelta

import pytest
from django.utils import translation
from django.utils.dateparse import parse_datetime
from django.utils.timezone import localtime

from conftest import MONDAY_MORNING
from huiying.cases.actions import Caller, accept, allow_more_time, ask_more_time, refuse_more_time
from huiying.cases.tests.lodging import lodge
from huiying.channels.models import Message
from huiying.deadlines.actions import ExtensionDraft
from huiying.deadlines.arithmetic.units import Length
from huiying.deadlines.catalogue import published
from huiying.deadlines.models import Clock, Extension, Policy
from huiying.deadlines.verbs import EXTENDED, WARNED
from huiying.journal.models import Entry
from huiying.kit.guards import BadInput, DomainError, Refused
from huiying.kit.prepared import shelf

DAY = timedelta(days=1)
MORE = ExtensionDraft(
    length=Length(days=30), reason="第三方鉴定要四周", told="鉴定需要更多时间，最迟 4 月 16 日前答复您。"
)


@pytest.fixture
def case(town, actor):
    """A financial complaint: fifteen statutory days, extendable by thirty."""
    Policy.objects.filter(code="finance").update(active=True)
    published()
    lodged = lodge(town.wang, team=town.first_team, owner=town.wang, caller=Caller(customer=town.zhang))
    return accept(lodged, by=actor(town.wang), at=MONDAY_MORNING)


@pytest.fixture
def clock(case):
    return Clock.objects.about(case).get(kind="finance")


@pytest.fixture
def asked(case, clock, town, actor):
    return ask_more_time(case, clock, MORE, by=actor(town.wang), at=MONDAY_MORNING + 10 * DAY)


def test_asking_alone_moves_nothing(asked, clock):
    due = clock.due_at
    clock.refresh_from_db()
    assert (clock.due_at, asked.state) == (due, Extension.State.WAITING)
    assert f"{localtime(due):%m-%d}" == "03-17"


def test_approval_moves_the_deadline_on_from_where_it_was(asked, case, clock, town, actor):
    decided = allow_more_time(asked, case, by=actor(town.li), at=MONDAY_MORNING + 11 * DAY)
    clock.refresh_from_db()
    assert f"{localtime(clock.due_at):%m-%d}" == "04-16"
    assert (decided.due_before < decided.due_after, decided.due_after) == (True, clock.due_at)
    entry = Entry.objects.about(case).get(verb=EXTENDED.code)
    with translation.override("zh-hans"):
        assert "批准延期 30 天" in entry.sentence
    assert parse_datetime(entry.facts["new"]) == clock.due_at


def test_the_customer_is_told_in_the_approved_words(asked, case, town, actor, pass_time):
    allow_more_time(asked, case, by=actor(town.li), at=MONDAY_MORNING + 11 * DAY)
    pass_time(to=MONDAY_MORNING + 12 * DAY)
    told = Message.objects.about(case).get(text=MORE.told)
    assert (told.direction, told.is_automatic) == ("out", True)


def test_what_was_warned_of_is_warned_of_again(asked, case, clock, town, actor, pass_time):
    pass_time(to=MONDAY_MORNING + 13 * DAY)
    assert Entry.objects.about(case).filter(verb=WARNED.code, facts__kind="finance").count() == 1
    allow_more_time(asked, case, by=actor(town.li), at=MONDAY_MORNING + 13 * DAY)
    pass_time(to=MONDAY_MORNING + 40 * DAY)
    assert Entry.objects.about(case).filter(verb=WARNED.code, facts__kind="finance").count() == 2


def test_a_deadline_that_has_passed_unrung_is_not_extended(asked, case, clock, town, actor):
    with pytest.raises(DomainError):
        allow_more_time(asked, case, by=actor(town.li), at=clock.due_at + timedelta(seconds=1))


def test_a_refusal_says_why_and_leaves_the_deadline(asked, case, clock, town, actor):
    with pytest.raises(BadInput):
        refuse_more_time(asked, case, by=actor(town.li), at=MONDAY_MORNING + 11 * DAY, comment=" ")
    refuse_more_time(asked, case, by=actor(town.li), at=MONDAY_MORNING + 11 * DAY, comment="材料已齐")
    due = clock.due_at
    clock.refresh_from_db()
    assert clock.due_at == due


def test_who_asks_does_not_grant_it(asked, case, town, actor):
    with pytest.raises(Refused):
        allow_more_time(asked, case, by=actor(town.wang), at=MONDAY_MORNING + 11 * DAY)


@pytest.mark.parametrize(
    ("draft", "days"),
    [
        (ExtensionDraft(length=Length(days=31), reason="太长", told="…"), 1),
        (ExtensionDraft(length=Length(days=3), reason=" ", told="…"), 1),
        (ExtensionDraft(length=Length(days=3), reason="鉴定", told=""), 1),
        (MORE, 20),
    ],
)
def test_what_the_policy_does_not_allow_is_refused(case, clock, town, actor, draft, days):
    with pytest.raises(DomainError):
        ask_more_time(case, clock, draft, by=actor(town.wang), at=MONDAY_MORNING + days * DAY)


def test_once_is_as_often_as_this_policy_allows(asked, case, clock, town, actor):
    with pytest.raises(DomainError):
        ask_more_time(case, clock, MORE, by=actor(town.wang), at=MONDAY_MORNING + 10 * DAY)
    allow_more_time(asked, case, by=actor(town.li), at=MONDAY_MORNING + 11 * DAY)
    with pytest.raises(DomainError):
        ask_more_time(case, clock, MORE, by=actor(town.wang), at=MONDAY_MORNING + 12 * DAY)


def test_the_supervisor_finds_it_on_the_desk_and_on_the_case(asked, case, as_li, as_wang):
    assert MORE.reason in as_li.get("/").content.decode()
    assert (
        f"/cases/{case.number}/extensions/{asked.pk}/approval/" in as_li.get(case.get_absolute_url()).content.decode()
    )
    assert f"/extensions/{asked.pk}/approval/" not in as_wang.get(case.get_absolute_url()).content.decode()


def test_requests_out_of_sight_crowd_out_nobodys_own(asked, town, actor, as_li, monkeypatch):
    monkeypatch.setattr("huiying.cases.queries.owed_rows.FETCHED_AT_MOST", 1)
    monkeypatch.setattr(shelf, "kept", OrderedDict())
    elsewhere = lodge(town.chen, team=town.second_team, owner=town.chen, caller=Caller(customer=town.zhang))
    accept(elsewhere, by=actor(town.chen), at=MONDAY_MORNING)
    clock = Clock.objects.about(elsewhere).get(kind="finance")
    ask_more_time(elsewhere, clock, MORE, by=actor(town.chen), at=MONDAY_MORNING + DAY)
    assert MORE.reason in as_li.get("/").content.decode()


def test_it_is_asked_and_decided_on_the_page(case, clock, as_wang, as_li):
    address = f"/cases/{case.number}/clocks/{clock.pk}/extension/"
    assert "extension/" in as_wang.get(f"/cases/{case.number}/clocks/{clock.pk}/").content.decode()
    assert as_wang.post(address, {"length": "soon", "reason": "鉴定", "told": "…"}).status_code == 422
    as_wang.post(address, {"length": "5d", "reason": "鉴定", "told": "再等五天"})
    asked = Extension.objects.get()
    as_li.post(f"/cases/{case.number}/extensions/{asked.pk}/approval/", {"approved": "yes", "comment": ""})
    asked.refresh_from_db()
    assert (asked.state, asked.days) == (Extension.State.APPROVED, 5)


def test_a_program_can_ask_and_decide(case, clock, program, town):
    ask = {"length": "5d", "reason": "鉴定", "told": "再等五天"}
    asked = program(town.wang).post(f"cases/{case.number}/clocks/finance/extensions", ask)
    assert (asked.status_code, asked.json()["state"]) == (201, "waiting")
    place = f"cases/{case.number}/extensions/{asked.json()['id']}/approval"
    assert program(town.li).post(place, {"approved": True}).json()["state"] == "approved"
    assert program(town.li).post(place, {"approved": True}).status_code == 409


def test_of_several_promises_none_is_extended(case, program, town):
    wang = program(town.wang)
    for due_at in ("2026-03-03T10:00:00+08:00", "2026-03-04T10:00:00+08:00"):
        wang.post(f"cases/{case.number}/promises", {"text": "回电", "due_at": due_at})
    address = f"cases/{case.number}/clocks/promise/extensions"
    assert wang.post(address, {"length": "5d", "reason": "忙"}).status_code == 404
