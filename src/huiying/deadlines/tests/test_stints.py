"""Hand-overs between people and departments are sub-clocks: who used up the time is a figure (contract 12)."""

from __future__ import annotations

from datetime import timedelta

from huiying.cases.actions import accept, accept_handover, answer, assign, pause, resume, urge
from huiying.cases.actions.pausing import PauseDraft
from huiying.channels.words import Words
from huiying.deadlines.actions import inherit_clocks
from huiying.deadlines.holders import by_department, holders_of
from huiying.deadlines.models import Clock, Stint

HOUR = timedelta(hours=1)


def held(clock, now):
    clock = Clock.objects.select_related("owner", "team", "department").get(pk=clock.pk)
    return holders_of([clock], now=now)[clock.pk]


def hand_to_sun(case, town, actor, *, at):
    """Give the case to logistics, who accepts it at once."""
    assign(case, to=town.sun, by=actor(town.li), at=at)
    accept_handover(case, by=actor(town.sun), at=at)


def test_each_department_is_told_its_part(case, town, actor, clock_of):
    start = case.received_at
    accept(case, by=actor(town.wang), at=start + HOUR / 2)
    hand_to_sun(case, town, actor, at=start + 2 * HOUR)
    parts = held(clock_of(case, "resolve"), start + 8 * HOUR)
    assert sum((part.used for part in parts), timedelta()) == 8 * HOUR
    assert parts[-1].owner == town.sun.name
    assert by_department(parts) == {str(town.logistics): 6 * HOUR, str(town.service): 2 * HOUR}
    assert [part.percent for part in parts][-1] == 75


def test_the_parts_are_in_the_clocks_own_unit(registered, town, actor, clock_of):
    case = registered(kind="consultation")  # four working hours from 10:00, with lunch from 12:00 to 13:30
    start = case.received_at
    accept(case, by=actor(town.wang), at=start)
    hand_to_sun(case, town, actor, at=start + 3 * HOUR)
    parts = held(clock_of(case, "resolve"), start + 4 * HOUR)
    assert by_department(parts) == {str(town.service): 2 * HOUR, str(town.logistics): HOUR / 2}


def test_time_that_stood_still_is_nobodys(case, town, actor, clock_of):
    start = case.received_at
    accept(case, by=actor(town.wang), at=start)
    draft = PauseDraft(reason="customer", follow_up_at=start + 24 * HOUR)
    pause(case, draft, by=actor(town.wang), at=start + HOUR)
    hand_to_sun(case, town, actor, at=start + 3 * HOUR)
    resume(case, by=actor(town.li), at=start + 5 * HOUR)
    parts = held(clock_of(case, "resolve"), start + 6 * HOUR)
    assert by_department(parts) == {str(town.service): HOUR, str(town.logistics): HOUR}


def test_what_does_not_change_hands_writes_nothing(case, town, actor):
    accept(case, by=actor(town.wang), at=case.received_at)
    before = Stint.objects.count()
    urge(case, by=actor(town.wang), at=case.received_at + HOUR)
    assert Stint.objects.count() == before


def test_a_clock_begun_afresh_counts_anew(case, town, actor, clock_of):
    start = case.received_at
    accept(case, by=actor(town.wang), at=start)
    answer(case, Words(text="正在查物流", channel="phone"), by=actor(town.wang), at=start)
    hand_to_sun(case, town, actor, at=start + HOUR)
    answer(case, Words(text="明天送到", channel="phone"), by=actor(town.wang), at=start + 2 * HOUR)
    parts = held(clock_of(case, "keep_in_touch"), start + 5 * HOUR)
    assert by_department(parts) == {str(town.logistics): 3 * HOUR / 2}


def test_what_is_split_off_keeps_who_used_its_time(case, registered, town, actor, clock_of):
    start = case.received_at
    accept(case, by=actor(town.wang), at=start)
    hand_to_sun(case, town, actor, at=start + 2 * HOUR)
    part = registered()
    Clock.objects.about(part).delete()
    inherit_clocks(part, of=case)
    now = start + 4 * HOUR
    assert by_department(held(clock_of(part, "resolve"), now)) == by_department(held(clock_of(case, "resolve"), now))
