"""Clocks call in whom the ladder names, once, and lists know the next deadline (SPEC C6)."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.utils import timezone

from huiying.cases.actions import Caller, Draft, register
from huiying.cases.models import Case
from huiying.customers.actions.standing import set_tier
from huiying.customers.models import Customer, Tier
from huiying.deadlines.actions import PauseDraft, pause_clocks, sweep
from huiying.deadlines.models import Clock
from huiying.notifications.models import Notice
from huiying.staff.models import Department

MINUTE, HOUR, DAY = timedelta(minutes=1), timedelta(hours=1), timedelta(days=1)


@pytest.fixture
def new_case(town, actor):
    def register_(**words: str) -> Case:
        draft = Draft(
            **{"kind": "complaint", "channel": "phone", "description": "漏水", **words},
            caller=Caller(customer=town.zhang),
        )
        return register(draft, by=actor(town.wang), at=timezone.now())

    return register_


def told(person) -> list[str]:
    """Return the weights of the alarms the person was told; news is another matter."""
    alarms = Notice.objects.for_person(person.pk).exclude(weight=Notice.Weight.NEWS)
    return list(alarms.order_by("id").values_list("weight", flat=True))


def test_owner_team_lead_and_head_are_called_in_turn(new_case, town, pass_time):
    case = new_case()
    Clock.objects.about(case).exclude(kind="accept").delete()
    pass_time(by=25 * MINUTE)
    assert (told(town.wang), told(town.li), told(town.zhao)) == (["warning"], [], [])
    pass_time(by=6 * MINUTE)
    assert (told(town.wang), told(town.li), told(town.zhao)) == (["warning", "escalation"], ["escalation"], [])
    pass_time(by=HOUR)
    assert (told(town.wang), told(town.li), told(town.zhao)) == (
        ["warning", "escalation"],  # let it lie, so it was handed on
        ["escalation", "escalation"],
        ["escalation"],
    )
    assert told(town.chen) == []
    assert case.number in Notice.objects.for_person(town.zhao.pk).get().headline


def test_after_down_time_only_the_highest_rung_is_told(new_case, town, monday_morning, perform_duties):
    case = new_case()
    Clock.objects.about(case).exclude(kind="accept").delete()
    monday_morning.move_to(timezone.now() + DAY)
    sweep(timezone.now())
    perform_duties()
    assert (told(town.wang), told(town.li), told(town.zhao)) == (["escalation"],) * 3


def test_a_vacant_place_is_passed_over(new_case, town, pass_time):
    Department.objects.filter(pk=town.service.pk).update(head=None)
    case = new_case()
    Clock.objects.about(case).update(owner=None)
    Clock.objects.about(case).exclude(kind="accept").delete()
    pass_time(by=25 * MINUTE)
    assert told(town.li) == ["warning"]


def test_legal_is_told_of_a_major_complaint_at_once(new_case, town, pass_time):
    Department.objects.filter(name="法务部").update(head=town.sun)
    new_case(level="major")
    pass_time(by=MINUTE)
    assert told(town.sun) == ["escalation"]


def test_another_tier_replans_open_cases_and_their_next_deadline(new_case, town, actor, perform_duties, as_admin):
    case = new_case()
    now = timezone.now()
    set_tier(town.zhang, Tier.VIP, reason="年度合作", by=actor(town.admin), at=now)
    perform_duties()
    clock = Clock.objects.about(case).get(kind="accept")
    assert clock.policy.code == "accept-vip"
    assert Case.objects.get(pk=case.pk).due_at == Clock.objects.about(case).running().earliest("due_at").due_at
    assert Customer.objects.get(pk=town.zhang.pk).tier == "vip"


def test_a_pause_that_ends_at_its_cap_is_told_and_known_to_lists(new_case, town, pass_time):
    case = new_case()
    Clock.objects.about(case).exclude(kind="resolve").delete()
    pause_clocks(case, PauseDraft(reason="customer", follow_up_at=timezone.now() + DAY), at=timezone.now())
    Case.objects.filter(pk=case.pk).update(due_at=None)
    pass_time(by=10 * DAY + HOUR)
    assert told(town.wang) == ["warning", "warning"]
    assert Case.objects.get(pk=case.pk).due_at == Clock.objects.get().due_at
