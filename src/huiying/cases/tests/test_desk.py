"""The desk: everything owed by one person in one order, and nothing of others."""

from __future__ import annotations

from datetime import timedelta
from decimal import Decimal

import pytest
from django.utils import translation
from django.utils.timezone import now

from huiying.cases.actions import (
    ActionDraft,
    Caller,
    OfferDraft,
    PromiseDraft,
    RemedyDraft,
    accept,
    answer,
    ask_to_discard,
    assign,
    offer,
    plan_action,
    promise,
    record_findings,
)
from huiying.channels.words import Words
from huiying.deadlines.models import Clock
from huiying.journal.actors import CLOCKWORK

from .lodging import findings, lodge

pytestmark = pytest.mark.django_db


@pytest.fixture
def case(town):
    return lodge(town.wang, team=town.first_team, subject="冰箱送货延误三天", caller=Caller(customer=town.zhang))


@pytest.fixture
def drafting(case, town, actor):
    case = accept(case, by=actor(town.wang), at=now())
    record_findings(case, findings(town), by=actor(town.wang), at=now())
    case.refresh_from_db()
    return case


def lines(browser, query=""):
    """Return what the desk says is owed: what is to be done, and about what."""
    desk = browser.get(f"/?{query}").context["desk"]
    with translation.override("en"):
        return [(str(line.what), line.about) for line in (*desk.today, *desk.later)]


def counted(browser):
    return {count.figure.value: count.number for count in browser.get("/").context["desk"].counts}


def test_a_new_case_waits_for_the_team_and_for_nobody_else(case, as_wang, as_li, as_chen):
    assert lines(as_wang) == [("Accept", "冰箱送货延误三天")]
    assert lines(as_li) == [("Accept", "冰箱送货延误三天")]
    assert lines(as_chen) == []
    assert counted(as_wang) == {"late": 0, "today": 1, "new": 1, "waiting": 0}


def test_the_button_accepts_at_once(case, as_wang):
    assert as_wang.post(f"/cases/{case.number}/acceptance/", headers={"HX-Request": "true"}).status_code == 204
    assert lines(as_wang) == [("First answer", "冰箱送货延误三天")]


def test_a_clock_of_something_else_with_the_same_key_is_not_taken_for_the_cases(case, town, actor, as_wang):
    accept(case, by=actor(town.wang), at=now())
    Clock.objects.about(case).update(subject_type="cases.incident")
    assert lines(as_wang) == []


def test_a_colleagues_new_case_is_shown_to_who_assigns_only(town, as_wang, as_li):
    lodge(town.li, team=town.first_team, owner=town.li, subject="给李强的")
    assert lines(as_wang) == []
    assert lines(as_li) == [("Accept", "给李强的")]


def test_promises_stand_among_clocks_by_deadline(case, town, actor, as_wang):
    by = actor(town.wang)
    case = accept(case, by=by, at=now())
    promise(case, PromiseDraft(text="十点一刻回电", due_at=now() + timedelta(minutes=15)), by=by, at=now())
    assert lines(as_wang) == [("Promised", "十点一刻回电"), ("First answer", "冰箱送货延误三天")]


def test_a_new_case_shows_by_when_to_accept_it_and_its_promise_stands_once(town, as_wang):
    told = PromiseDraft(text="十分钟内回电", due_at=now() + timedelta(minutes=10))
    case = lodge(town.wang, team=town.first_team, owner=town.wang, subject="漏水", promise=told)
    desk = as_wang.get("/").context["desk"]
    due = [(line.about, line.due_at) for line in desk.today]
    assert due == [("十分钟内回电", told.due_at), ("漏水", Clock.objects.about(case).get(kind="accept").due_at)]
    assert [line.about for hour in desk.hours for line in hour.slots] == ["十分钟内回电", "漏水"]


def test_of_what_is_due_today_it_says_how_much_within_the_hour(case, town, actor, as_wang):
    case = accept(case, by=actor(town.wang), at=now())
    for minutes in (20, 90):
        told = PromiseDraft(text=f"{minutes} 分钟后回电", due_at=now() + timedelta(minutes=minutes))
        promise(case, told, by=actor(town.wang), at=now())
    page = as_wang.get("/", headers={"Accept-Language": "en"})
    [today] = [count for count in page.context["desk"].counts if count.figure == "today"]
    assert (today.number, today.within_the_hour) == (3, 2)
    assert "2 within the hour" in page.content.decode()


def test_what_is_late_counts_as_late(case, as_wang, pass_time):
    pass_time(by=timedelta(hours=1))
    assert counted(as_wang)["late"] == 1
    assert lines(as_wang, "show=late") == [("Accept", "冰箱送货延误三天")]
    assert lines(as_wang, "show=waiting") == []


def test_an_action_item_stands_on_the_desk_of_its_department(drafting, town, actor, as_sun, as_chen):
    draft = ActionDraft(title="今天专车送达", department=town.logistics, due_at=now() + timedelta(hours=5))
    plan_action(drafting, draft, by=actor(town.wang), at=now())
    assert lines(as_sun) == [("Action item", "今天专车送达")]
    assert lines(as_chen) == []


def test_an_approval_waits_for_whose_limit_reaches(drafting, town, actor, as_li, as_zhao, as_wang):
    draft = OfferDraft(text="全额退款", remedies=[RemedyDraft(kind="refund", amount=Decimal(5_000))])
    offer(drafting, draft, by=actor(town.wang), at=now())
    assert ("Approve", "全额退款") in lines(as_zhao)
    assert ("Approve", "全额退款") not in lines(as_li)
    assert ("Approve", "全额退款") not in lines(as_wang)


def test_a_second_look_waits_for_somebody_else(case, town, actor, as_li, as_zhao):
    ask_to_discard(case, reason="重复登记", by=actor(town.li), at=now())
    assert ("Second look", "重复登记") in lines(as_zhao)
    assert ("Second look", "重复登记") not in lines(as_li)


def test_what_waits_for_the_customer_is_a_figure_of_its_own(drafting, town, actor, as_wang):
    offer(drafting, OfferDraft(text="今天送达"), by=actor(town.wang), at=now())
    answer(drafting, Words(text="方案已发您", channel="phone"), by=actor(town.wang), at=now())
    assert counted(as_wang)["waiting"] == 1
    assert lines(as_wang, "show=waiting") == [("Decides on the offer", "冰箱送货延误三天")]


def test_who_leads_sees_what_burns_with_colleagues_and_whose_it_is(case, town, actor, as_wang, as_li, pass_time):
    accept(assign(case, to=town.wang, by=CLOCKWORK, at=now()), by=actor(town.wang), at=now())
    assert not as_li.get("/").context["desk"].late_with_others
    pass_time(by=timedelta(days=3))
    late = as_li.get("/")
    assert [(one.number, one.owner) for one in late.context["desk"].late_with_others] == [(case.number, town.wang)]
    assert town.wang.name in late.content.decode()
    assert not as_wang.get("/").context["desk"].late_with_others


def test_the_desk_costs_the_same_however_much_is_owed(town, as_li, actor, django_assert_max_num_queries):
    for number in range(12):
        case = lodge(town.wang, team=town.first_team, caller=Caller(customer=town.zhang))
        if number % 2:
            case = accept(case, by=actor(town.li), at=now())
            draft = PromiseDraft(text=f"回电 {number}", due_at=now() + timedelta(hours=number))
            promise(case, draft, by=actor(town.li), at=now())
    with django_assert_max_num_queries(17):  # two look for group incidents, three for what care owes, one for plays
        page = as_li.get("/").content.decode()
    assert "回电 11" in page


def test_when_all_is_answered_the_desk_says_so(as_wang):
    assert "Everybody has an answer" in as_wang.get("/", headers={"Accept-Language": "en"}).content.decode()
