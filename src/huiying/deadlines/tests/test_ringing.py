"""The ladder: each rung once, in order, skipped when met, caught up without a burst (contract 7, 8, 9)."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.utils import timezone

from huiying.cases.actions import accept
from huiying.cases.actions.step import situation_of
from huiying.cases.verbs import CARRIED_OUT
from huiying.deadlines.actions import Answerable, PauseDraft, follow, pause_clocks, resume_clocks, ring, sweep
from huiying.deadlines.models import Clock, Pause
from huiying.deadlines.verbs import ESCALATED, FOLLOW_UP, MISSED, PAUSE_ENDED, TOLD, WARNED
from huiying.journal.actors import CLOCKWORK
from huiying.journal.models import Entry
from huiying.kit.guards import BadInput, DomainError

MINUTE = timedelta(minutes=1)
HOUR = timedelta(hours=1)
DAY = timedelta(days=1)


def rungs(case, kind: str) -> list[tuple[str, bool]]:
    entries = Entry.objects.about(case).filter(verb__startswith="clock_", facts__kind=kind).order_by("id")
    return [(entry.verb, bool(entry.facts.get("quiet"))) for entry in entries]


def test_the_ladder_is_climbed_rung_by_rung(case, pass_time):
    pass_time(by=23 * MINUTE)
    assert rungs(case, "accept") == []
    pass_time(by=2 * MINUTE)
    assert rungs(case, "accept") == [(WARNED.code, False)]
    pass_time(by=HOUR)
    assert rungs(case, "accept") == [(WARNED.code, False), (MISSED.code, False), (ESCALATED.code, False)]


def test_entries_are_dated_when_they_were_due(case, pass_time):
    pass_time(by=HOUR)
    at = [entry.at - case.received_at for entry in Entry.objects.about(case).filter(facts__kind="accept")]
    assert at == [24 * MINUTE, 30 * MINUTE, 45 * MINUTE]


def test_after_down_time_every_rung_is_told_but_only_the_highest_aloud(case):
    sweep(timezone.now() + DAY)
    expected = [(WARNED.code, True), (MISSED.code, True), (ESCALATED.code, False)]
    assert rungs(case, "accept") == expected
    sweep(timezone.now() + 2 * DAY)
    assert rungs(case, "accept") == expected


def test_what_was_met_meanwhile_does_not_ring(case, town, actor, pass_time):
    accept(case, by=actor(town.wang), at=case.received_at + 23 * MINUTE)
    pass_time(by=DAY)
    assert rungs(case, "accept") == []


def test_a_single_clock_rings_once(case, clock_of):
    clock, later = clock_of(case, "accept"), timezone.now() + HOUR
    assert ring(clock, later)
    assert not ring(clock, later)


def test_a_breach_stays(case, town, actor, pass_time, clock_of):
    pass_time(by=HOUR)
    accept(case, by=actor(town.wang), at=timezone.now())
    clock = clock_of(case, "accept")
    assert (clock.state, clock.breached_at) == (Clock.State.MET, case.received_at + 30 * MINUTE)
    assert [verb for verb, _quiet in rungs(case, "accept")].count(MISSED.code) == 1


def test_a_major_complaint_tells_legal_at_once(registered, pass_time):
    case = registered(level="major")
    pass_time(by=MINUTE)
    entry = Entry.objects.about(case).get(verb=TOLD.code)
    assert (entry.facts["to"], entry.at) == ("legal", case.received_at)


def paused(case, *, follow_up: timedelta = DAY):
    draft = PauseDraft(reason="customer", follow_up_at=timezone.now() + follow_up)
    return pause_clocks(case, draft, at=timezone.now())


def test_a_pause_gives_back_exactly_its_time(case, pass_time, clock_of):
    due = clock_of(case, "resolve").due_at
    start = case.received_at
    draft = PauseDraft(reason="customer", follow_up_at=start + DAY)
    assert [clock.kind for clock in pause_clocks(case, draft, at=start + 3 * HOUR)] == ["resolve"]
    pass_time(to=start + 8 * HOUR)
    resume_clocks(case, at=start + 8 * HOUR)
    clock = clock_of(case, "resolve")
    assert (clock.due_at, clock.used) == (due + 5 * HOUR, 3 * HOUR)
    assert Pause.objects.get().ended_at == case.received_at + 8 * HOUR


def test_a_breach_that_no_heartbeat_had_seen_outlives_a_pause(case, clock_of):
    """Paused a minute late while no heartbeat ran, it has broken; met while it stands still, it is written down."""
    late = clock_of(case, "resolve").due_at + MINUTE
    pause_clocks(case, PauseDraft(reason="customer", follow_up_at=late + DAY), at=late)
    assert clock_of(case, "resolve").breached_at == late - MINUTE
    follow(CARRIED_OUT, case, at=late + HOUR, situation=situation_of(case), answerable=Answerable(), by=CLOCKWORK)
    assert clock_of(case, "resolve").breached_at == late - MINUTE
    assert rungs(case, "resolve") == [(MISSED.code, True)]


def test_a_pause_is_followed_up_and_ends_at_its_cap(case, pass_time, clock_of):
    paused(case)
    pass_time(by=9 * DAY)
    assert rungs(case, "resolve") == [(FOLLOW_UP.code, False)]
    assert clock_of(case, "resolve").state == Clock.State.PAUSED
    pass_time(by=DAY + HOUR)
    assert rungs(case, "resolve")[-1] == (PAUSE_ENDED.code, False)
    clock = clock_of(case, "resolve")
    assert (clock.state, clock.due_at - clock.counted_from) == (Clock.State.RUNNING, clock.allowance - clock.used)


@pytest.mark.parametrize(
    ("reason", "follow_up"), [("tired", DAY), ("customer", -DAY), ("customer", 11 * DAY), ("", DAY)]
)
def test_a_pause_needs_a_reason_and_a_day_to_follow_up(case, reason, follow_up):
    draft = PauseDraft(reason=reason, follow_up_at=timezone.now() + follow_up)
    with pytest.raises(BadInput):
        pause_clocks(case, draft, at=timezone.now())


def test_where_nothing_may_be_paused_it_says_so(case):
    paused(case)
    with pytest.raises(DomainError):
        paused(case)
