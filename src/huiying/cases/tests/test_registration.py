"""Taking a case down: what its number and its customer keep of the moment."""

from __future__ import annotations

from datetime import UTC, datetime

from huiying.cases.actions import Caller, Draft, register
from huiying.cases.models import Case
from huiying.cases.tests.lodging import lodge
from huiying.customers.models import Customer
from huiying.deadlines.catalogue import published
from huiying.deadlines.models import Clock, Policy

NEW_YEAR_IN_SHANGHAI = datetime(2026, 12, 31, 17, 30, tzinfo=UTC)


def foreseen_for(browser, **given):
    page = browser.get("/cases/new/deadlines/", given, headers={"Accept-Language": "en"})
    return told(page.context["clocks"]), page.content.decode()


def told(clocks):
    return {(clock.policy.code, clock.due_at.replace(second=0, microsecond=0)) for clock in clocks}


def test_the_deadlines_shown_before_are_those_that_run_after(town, as_wang):
    case = lodge(town.wang, level="major")
    before, page = foreseen_for(as_wang, kind="complaint", level="major")
    assert before == told(Clock.objects.about(case).select_related("policy"))
    assert "First answer" in page


def test_the_deadlines_follow_kind_level_and_tier(town, as_wang):
    Customer.objects.update(tier="vip")
    plain, vip, praise = (
        {code for code, _due in foreseen_for(as_wang, **given)[0]}
        for given in ({}, {"customer": town.zhang.number, "kind": "nonsense"}, {"kind": "praise"})
    )
    assert ("accept" in plain, "accept-vip" in vip) == (True, True)
    assert "resolve-complaint" in plain - praise


def test_asking_for_deadlines_writes_nothing_and_says_so_where_there_are_none(as_wang):
    Policy.objects.update(active=False)
    published()
    assert "No deadline is foreseen" in foreseen_for(as_wang)[1]
    assert not Case.objects.exists()


def test_year_and_day_are_those_of_the_house(town, actor):
    caller = Caller(name="赵一", phone="13900001111")
    draft = Draft(kind="complaint", channel="phone", description="漏水", caller=caller)
    case = register(draft, by=actor(town.wang), at=NEW_YEAR_IN_SHANGHAI)
    assert case.number.startswith("C2027-")
    assert case.customer.first_contact_on.isoformat() == "2027-01-01"
