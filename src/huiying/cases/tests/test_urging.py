"""Urging by the customer and pressing by a leader: counted, more urgent, with a clock (SPEC C16)."""

from __future__ import annotations

from datetime import timedelta

import pytest

from huiying.cases.actions import Caller, accept, answer, answer_pressing, press, urge
from huiying.cases.models import Pressing, Urgency
from huiying.cases.tests.lodging import lodge
from huiying.channels.words import Words
from huiying.deadlines.models import Clock
from huiying.kit.guards import BadInput, DomainError, Refused
from huiying.notifications.models import Notice

HOUR = timedelta(hours=1)


@pytest.fixture
def case(town, actor):
    lodged = lodge(town.wang, team=town.first_team, owner=town.wang, caller=Caller(customer=town.zhang))
    return accept(lodged, by=actor(town.wang), at=lodged.received_at) if lodged.stage == "received" else lodged


def clock_of(case, kind):
    return Clock.objects.about(case).filter(kind=kind).latest("id")


def test_urging_is_counted_and_makes_the_case_more_urgent(case, town, actor):
    case = urge(case, by=actor(town.wang), at=case.received_at + HOUR)
    assert (case.urged, case.urgency) == (1, Urgency.URGENT)
    assert urge(case, by=actor(town.wang), at=case.received_at + HOUR).urged == 2


def test_an_answer_to_the_customer_meets_the_urging(case, town, actor):
    urge(case, by=actor(town.wang), at=case.received_at)
    clock = clock_of(case, "urged")
    assert clock.allowance == 2 * HOUR
    answer(case, Words(text="师傅已出发", channel="phone"), by=actor(town.wang), at=case.received_at + HOUR)
    clock.refresh_from_db()
    assert clock.state == Clock.State.MET
    urge(case, by=actor(town.wang), at=case.received_at + 2 * HOUR)
    assert clock_of(case, "urged").round == 2


def test_a_leader_presses_the_owner_answers_and_both_are_told(case, town, actor, perform_duties):
    made = press(case, "客户为什么还没有收到货？", by=actor(town.li), at=case.received_at)
    perform_duties()
    assert Notice.objects.filter(user=town.wang, entry__verb="case_pressed").exists()
    answer_pressing(made, "今天 18 点前送到", by=actor(town.wang), at=case.received_at)
    perform_duties()
    assert Notice.objects.filter(user=town.li, entry__verb="press_answered").exists()
    assert clock_of(case, "pressed").state == Clock.State.MET


def test_who_does_not_lead_does_not_press_and_one_question_waits_at_a_time(case, town, actor):
    with pytest.raises(Refused):
        press(case, "？", by=actor(town.wang), at=case.received_at)
    with pytest.raises(BadInput):
        press(case, " ", by=actor(town.li), at=case.received_at)
    made = press(case, "进展如何？", by=actor(town.li), at=case.received_at)
    with pytest.raises(DomainError):
        press(case, "进展如何？", by=actor(town.zhao), at=case.received_at)
    answer_pressing(made, "已联系物流", by=actor(town.wang), at=case.received_at)
    with pytest.raises(DomainError):
        answer_pressing(made, "再答一次", by=actor(town.wang), at=case.received_at)


def test_it_is_done_on_the_page(case, as_wang, as_li):
    place = f"/cases/{case.number}"
    as_wang.post(f"{place}/urging/")
    as_li.post(f"{place}/pressings/", {"text": "货在哪里？"})
    page = as_wang.get(f"{place}/").content.decode()
    assert "货在哪里？" in page
    assert f"{place}/pressings/answer/" in page
    assert f"{place}/pressings/answer/" in as_wang.get("/").content.decode()
    as_wang.post(f"{place}/pressings/answer/", {"text": "在中转站"})
    assert Pressing.objects.get().answer == "在中转站"
    head, timeline = as_wang.get(f"{place}/").content.decode().split("case-timeline", 1)
    assert "货在哪里？" not in head
    assert timeline.index("货在哪里？") < timeline.index("在中转站")


def test_a_program_can_do_it_too(case, program, town):
    assert program(town.wang).post(f"cases/{case.number}/urging", {}).status_code == 200
    made = program(town.li).post(f"cases/{case.number}/pressings", {"text": "进展？"})
    assert made.status_code == 201
    answered = program(town.wang).post(f"cases/{case.number}/pressings/{made.json()['id']}/answer", {"text": "已送达"})
    assert answered.json()["answer"] == "已送达"
