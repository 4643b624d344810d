"""Each page a person works with: readable by assistive technology, Chinese to the last word, no wider than a phone."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.utils.timezone import now

from huiying.cases import actions as act
from huiying.cases.customer_link import token_for
from huiying.cases.models import SuspectCase, Suspicion
from huiying.channels.words import Words
from huiying.staff.actors import actor_of
from tests.browser.checks import assert_accessible, assert_chinese, assert_no_sideways_scroll
from tests.browser.conftest import PHONE

WORDS = "2 月 18 日订的冰箱到今天还没有送到，客服电话打了四次没人接。要求今天送到，并且给个说法。"
DESK_PAGES = [
    "/",
    "/cases/",
    "/board/",
    "/cases/CASE/",
    "/cases/new/",
    "/customers/",
    "/customers/C000001/",
    "/incidents/",
    "/incidents/INCIDENT/",
    "/incidents/suspicions/SUSPICION/",
]
STRANGER_PAGES = ["/accounts/login/", "/f/", "/c/TOKEN/"]
SETTINGS = [
    "/settings/",
    "/settings/people/",
    "/settings/departments/",
    "/settings/roles/",
    "/settings/categories/",
    "/settings/routes/",
    "/settings/policies/",
    "/settings/policies/accept/",
    "/settings/calendars/",
    "/settings/log/",
    "/settings/profile/",
    "/settings/notices/",
    "/settings/notices/defaults/",
    "/settings/notices/log/",
    "/settings/tokens/",
    "/mail/",
    "/mail/undelivered/",
    "/imports/",
    "/notices/",
]


@pytest.fixture
def places(town):
    """Return what CASE and TOKEN stand for: one case with something of everything."""
    wang, at = actor_of(town.wang), now()
    caller = act.Caller(customer=town.zhang)
    draft = act.Draft(kind="complaint", channel="phone", description=WORDS, caller=caller, urgency="urgent")
    case = act.register(draft, by=wang, at=at)
    promised = act.PromiseDraft(text="18:00 前送达", due_at=at + timedelta(hours=3))
    case = act.accept(case, by=wang, at=at, promised=promised)
    act.answer(case, Words(text="非常抱歉，已经在查物流。", channel="phone"), by=wang, at=at)
    act.note(case, "华东中转站错分拨。", by=actor_of(town.li), at=at)
    return {"CASE": case.number, "TOKEN": token_for(case), **matters_of(case, town, at)}


def matters_of(case, town, at):
    """A group incident of the case with an answer to all, and a suspicion that waits."""
    li = actor_of(town.li)
    incident = act.declare(act.IncidentDraft(title="冰箱晚到", lead=town.li, known="分拨错误"), [case], by=li, at=at)
    act.publish(incident, "今天 18 点前逐一回电。", by=li, at=at)
    figures = {"people": 3, "expected": 0.2, "chance": 0.0009, "days": 7, "looked_back": 56}
    waiting = Suspicion.objects.create(title="冰箱晚到", words=["冰箱", "没有送到"], found_at=at, last_at=at, **figures)
    SuspectCase.objects.create(suspicion=waiting, case=case)
    return {"INCIDENT": incident.number, "SUSPICION": str(waiting.pk)}


def address(page, places):
    for name, value in places.items():
        page = page.replace(name, value)
    return page


def check(page):
    assert page.request.get(page.url).status == 200
    page.wait_for_load_state("networkidle")
    assert_accessible(page)
    assert_chinese(page)
    assert_no_sideways_scroll(page)


@pytest.mark.parametrize("place", DESK_PAGES)
def test_a_page_of_the_desk(open_as, town, places, place):
    check(open_as(town.li, address(place, places)))
    check(open_as(town.li, address(place, places), size=PHONE, dark=True))


@pytest.mark.parametrize("place", STRANGER_PAGES)
def test_a_page_without_sign_in(open_as, places, place):
    check(open_as(None, address(place, places), size=PHONE))
    check(open_as(None, address(place, places), size=PHONE, dark=True))


@pytest.mark.parametrize("place", SETTINGS)
def test_a_page_of_the_settings(open_as, town, place):
    check(open_as(town.admin, place))
    check(open_as(town.admin, place, size=PHONE, dark=True))
