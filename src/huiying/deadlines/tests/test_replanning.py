"""Re-planning changes only what remains; merging keeps the earlier start (contract 10, 11)."""

from __future__ import annotations

from datetime import date, timedelta

from django.utils import timezone
from django.utils.dateparse import parse_datetime

from huiying.cases.actions import revise
from huiying.deadlines.actions import inherit_clocks, merge_clocks, replan, replan_calendar
from huiying.deadlines.actions.replanning import running_by
from huiying.deadlines.catalogue import published
from huiying.deadlines.models import Calendar, CalendarDay, Clock
from huiying.deadlines.queries import clocks_of, history_of, why
from huiying.deadlines.verbs import DROPPED, REPLANNED
from huiying.journal.actors import CLOCKWORK
from huiying.journal.models import Entry

HOUR = timedelta(hours=1)
SITUATION = {"kind": "complaint", "level": "general", "tier": "ordinary"}


def test_used_time_stays_when_the_level_changes(case, town, actor, clock_of):
    then = case.received_at + HOUR / 2
    revise(case, {"level": "complex"}, version=case.version, by=actor(town.li), at=then)
    clock = clock_of(case, "resolve")
    assert (clock.policy.code, clock.used) == ("plan-complex-complaint", HOUR / 2)
    assert clock.due_at == parse_datetime("2026-03-04T10:00:00+08:00")
    entry = Entry.objects.about(case).get(verb=REPLANNED.code)
    assert "2026-03-03 10:00" in entry.sentence
    assert "2026-03-04 10:00" in entry.sentence


def test_a_shorter_deadline_that_is_used_up_is_due_at_once(case, clock_of):
    then = case.received_at + 5 * HOUR
    replan(case, situation=SITUATION | {"kind": "fault"}, at=then, by=CLOCKWORK)
    clock = clock_of(case, "resolve")
    assert (clock.due_at, clock.used) == (then, 5 * HOUR)


def test_what_no_policy_foresees_is_dropped(case, clock_of):
    replan(case, situation=SITUATION | {"kind": "praise"}, at=timezone.now(), by=CLOCKWORK)
    assert clock_of(case, "resolve").state == Clock.State.CANCELLED
    assert Entry.objects.about(case).filter(verb=DROPPED.code).exists()
    assert clock_of(case, "accept").is_running


def test_a_vip_is_served_by_the_wall_clock_from_then_on(registered, clock_of):
    evening = parse_datetime("2026-03-02T17:50:00+08:00")
    case = registered(at=evening)
    replan(case, situation=SITUATION | {"tier": "vip"}, at=evening + HOUR / 3, by=CLOCKWORK)
    clock = clock_of(case, "accept")
    assert (clock.used, clock.due_at) == (HOUR / 6, evening + HOUR / 3 + HOUR / 3)


def test_a_new_holiday_moves_only_what_remains(registered, clock_of):
    case = registered(level="complex", at=parse_datetime("2026-03-02T15:00:00+08:00"))
    calendar = Calendar.objects.get(code="cn")
    CalendarDay.objects.create(calendar=calendar, day=date(2026, 3, 4), working=False, name="停电")
    published()
    at = parse_datetime("2026-03-03T12:30:00+08:00")
    assert replan_calendar(calendar, at=at, by=CLOCKWORK) >= 1
    clock = clock_of(case, "resolve")
    assert clock.due_at == parse_datetime("2026-03-05T15:00:00+08:00")
    assert any("停电" in line.text for line in why(clock).lines)


def test_a_new_holiday_reaches_calendars_however_far_they_are_based_on_it(registered, clock_of):
    company = Calendar.objects.get(code="cn")
    branch = Calendar.objects.create(code="branch", name="分公司", base=company)
    shop = Calendar.objects.create(code="shop", name="门店", base=branch)
    clock = clock_of(registered(level="complex"), "resolve")
    Clock.objects.filter(pk=clock.pk).update(calendar=shop)
    assert clock in running_by(company)
    assert clock not in running_by(Calendar.objects.create(code="other", name="别的", base=company))


def test_a_merge_keeps_the_earlier_start(registered, clock_of):
    early, late = registered(), registered(at=timezone.now() + 2 * HOUR)
    merge_clocks(early, into=late, at=timezone.now() + 3 * HOUR)
    clock = clock_of(late, "resolve")
    assert (clock.started_at, clock.due_at) == (early.received_at, early.received_at + 24 * HOUR)
    assert not Clock.objects.about(early).live().exists()


def test_what_is_split_off_inherits_the_clocks(registered, clock_of):
    source = registered()
    part = registered(at=timezone.now() + HOUR)
    Clock.objects.about(part).delete()
    inherit_clocks(part, of=source)
    assert clock_of(part, "resolve").due_at == clock_of(source, "resolve").due_at


def test_a_face_says_what_is_left(case, pass_time):
    faces = {face.kind: face for face in clocks_of(case, now=case.received_at + 25 * HOUR / 60)}
    assert (faces["accept"].tone, faces["accept"].percent) == ("soon", 83)
    assert (faces["resolve"].tone, faces["resolve"].percent) == ("", 1)
    pass_time(to=case.received_at + HOUR)
    late = clocks_of(case, now=case.received_at + HOUR)[0]
    assert (late.tone, late.percent) == ("late", 100)
    assert "·" in late.remaining
    assert len(history_of(case, now=case.received_at)) == 3


def test_why_reckons_every_day_again(registered, clock_of):
    case = registered(level="complex", at=parse_datetime("2026-02-13T15:00:00+08:00"))
    reasons = why(clock_of(case, "resolve"))
    text = " ".join(line.text for line in reasons.lines)
    assert reasons.due_at == parse_datetime("2026-02-24T15:00:00+08:00")
    assert "2026-02-14" in text
    assert "春节" in text
