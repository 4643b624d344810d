"""Clocks start, begin afresh and end as the policies say (SPEC C6, contract 1, 2, 5, 6, 7)."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.utils import timezone
from django.utils.dateparse import parse_datetime

from huiying.cases.actions import accept, acknowledge, answer, assign, hear, note, promise, withdraw
from huiying.cases.actions.promise import PromiseDraft
from huiying.cases.actions.step import situation_of
from huiying.cases.verbs import CARRIED_OUT, NOT_CURED, NOTED
from huiying.channels.words import Words
from huiying.deadlines.actions import Answerable, follow
from huiying.deadlines.models import Clock, Policy
from huiying.deadlines.verbs import MISSED
from huiying.journal.actors import CLOCKWORK
from huiying.journal.models import Entry

HOUR = timedelta(hours=1)


def says(text: str) -> Words:
    return Words(text=text, channel="phone")


def at(text: str):
    return parse_datetime(f"2026-{text}:00+08:00")


def test_registration_starts_the_clocks_of_the_table(case):
    clocks = {clock.kind: clock for clock in Clock.objects.about(case)}
    assert {kind: clock.due_at for kind, clock in clocks.items()} == {
        "accept": case.received_at + HOUR / 2,
        "first_answer": case.received_at + HOUR / 2,
        "resolve": case.received_at + 24 * HOUR,
    }
    assert case.due_at == case.received_at + HOUR / 2


@pytest.mark.parametrize(
    ("kind", "level", "length", "policy"),
    [
        ("consultation", "complex", 4 * HOUR, "resolve-consultation"),
        ("fault", "general", 4 * HOUR, "resolve-fault"),
        ("fault", "complex", 24 * HOUR, "resolve-complex-fault"),
        ("complaint", "general", 24 * HOUR, "resolve-complaint"),
        ("complaint", "complex", 15 * HOUR, "plan-complex-complaint"),
        ("complaint", "major", 48 * HOUR, "escalate-major-complaint"),
    ],
)
def test_kind_and_level_choose_the_deadline(registered, clock_of, kind, level, length, policy):
    clock = clock_of(registered(kind=kind, level=level), "resolve")
    assert (clock.policy.code, clock.allowance) == (policy, length)


def test_a_complex_complaint_has_two_working_days(registered, clock_of):
    case = registered(level="complex", at=at("02-13T15:00"))
    assert clock_of(case, "resolve").due_at == at("02-24T15:00")


def test_for_a_vip_the_night_counts(registered, town, clock_of):
    town.zhang.tier = "vip"
    case = registered(at=at("03-01T22:00"))
    assert clock_of(case, "accept").due_at == at("03-01T22:30")
    town.zhang.tier = "ordinary"
    assert clock_of(registered(at=at("03-01T22:00")), "accept").due_at == at("03-02T09:30")


def test_accepting_in_time_meets_the_clock(case, town, actor, clock_of):
    accept(case, by=actor(town.wang), at=case.received_at + HOUR / 6)
    clock = clock_of(case, "accept")
    assert (clock.state, clock.breached_at, clock.next_ring_at) == (Clock.State.MET, None, None)


def test_accepting_late_keeps_the_breach_although_no_heartbeat_saw_it(case, town, actor, clock_of):
    accept(case, by=actor(town.wang), at=case.received_at + HOUR)
    assert clock_of(case, "accept").breached_at == case.received_at + HOUR / 2
    entry = Entry.objects.about(case).get(verb=MISSED.code)
    assert (entry.at, entry.facts["quiet"]) == (case.received_at + HOUR / 2, True)


def test_only_a_persons_visible_words_answer(case, town, actor, clock_of):
    by, then = actor(town.wang), case.received_at + HOUR / 6
    acknowledge(case, "已收到", to="z@example.com", by=by, at=then)
    note(case, "客户很着急", by=by, at=then)
    assert clock_of(case, "first_answer").is_running
    answer(case, says("非常抱歉"), by=by, at=then)
    assert clock_of(case, "first_answer").state == Clock.State.MET


def test_the_answer_clock_runs_from_the_oldest_unanswered_message(case, town, actor, clock_of):
    by, start = actor(town.wang), case.received_at
    answer(case, says("非常抱歉"), by=by, at=start)
    hear(case, says("什么时候到"), by=by, author_name="张敏", at=start + HOUR)
    hear(case, says("还在吗"), by=by, author_name="张敏", at=start + 3 * HOUR)
    assert clock_of(case, "answer").started_at == start + HOUR
    answer(case, says("今天到"), by=by, at=start + 4 * HOUR)
    assert clock_of(case, "answer").state == Clock.State.MET
    hear(case, says("谢谢"), by=by, author_name="张敏", at=start + 5 * HOUR)
    again = clock_of(case, "answer")
    assert (again.round, again.started_at) == (2, start + 5 * HOUR)


def test_a_message_before_the_first_answer_waits_under_its_clock(case, town, actor):
    hear(case, says("还有一件事"), by=actor(town.wang), author_name="张敏", at=case.received_at)
    assert not Clock.objects.about(case).filter(kind="answer").exists()


def test_keep_in_touch_begins_afresh_with_each_message(case, town, actor, clock_of):
    by, start = actor(town.wang), case.received_at
    answer(case, says("在查"), by=by, at=start)
    answer(case, says("在路上"), by=by, at=start + HOUR)
    clock = clock_of(case, "keep_in_touch")
    assert (clock.round, clock.restarts, clock.started_at) == (1, 1, start + HOUR)


def test_keeping_in_touch_too_late_is_kept_and_begins_a_new_round(case, town, actor, clock_of):
    by, start = actor(town.wang), case.received_at
    answer(case, says("在查"), by=by, at=start)
    answer(case, says("在路上"), by=by, at=start + 7 * HOUR)
    first = Clock.objects.about(case).get(kind="keep_in_touch", round=1)
    assert (first.state, first.breached_at) == (Clock.State.MET, first.due_at)
    assert clock_of(case, "keep_in_touch").started_at == start + 7 * HOUR


def test_withdrawing_drops_what_is_owed(case, town, actor):
    withdraw(case, reason="误会", by=actor(town.li), at=case.received_at + HOUR / 6)
    assert set(Clock.objects.about(case).values_list("state", flat=True)) == {Clock.State.CANCELLED}


def test_who_takes_the_case_takes_its_clocks_but_not_other_departments_items(case, town, actor, clock_of):
    accept(case, by=actor(town.wang), at=case.received_at)
    promised = PromiseDraft(text="18 点前送达", due_at=case.received_at + 8 * HOUR)
    promise(case, promised, by=actor(town.wang), at=case.received_at)
    assign(case, to=town.li, by=actor(town.li), at=case.received_at + HOUR / 6)
    assert set(Clock.objects.about(case).live().values_list("owner", flat=True)) == {town.li.pk}
    assert clock_of(case, "promise").due_at == case.received_at + 8 * HOUR


def test_following_costs_one_statement_when_nothing_moves(case, django_assert_num_queries):
    who = Answerable(owner_id=case.owner_id, team_id=case.team_id, department_id=case.department_id)
    situation = {"kind": "complaint", "level": "general"}
    with django_assert_num_queries(1):
        follow(NOTED, case, at=timezone.now(), situation=situation, answerable=who, by=None)


def test_a_policy_row_is_never_changed(db):
    policy = Policy.objects.first()
    policy.name = "别的"
    with pytest.raises(TypeError):
        policy.save()


def test_what_is_not_cured_is_to_be_solved_in_time_again(case, clock_of):
    for verb, hours in ((CARRIED_OUT, 5), (NOT_CURED, 7)):
        moment = case.received_at + hours * HOUR
        follow(verb, case, at=moment, situation=situation_of(case), answerable=Answerable(), by=CLOCKWORK)
    clock = clock_of(case, "resolve")
    assert (clock.round, clock.state, clock.due_at) == (2, Clock.State.RUNNING, case.received_at + 31 * HOUR)
