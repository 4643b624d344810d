"""Who gets a new case, who does not and why; and what happens when nobody accepts it (SPEC C5)."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from huiying.cases.actions import Caller, accept
from huiying.cases.lifecycle import Stage
from huiying.cases.models import Level, Route
from huiying.cases.tests.lodging import lodge
from huiying.cases.verbs import HANDED_ON
from huiying.journal.models import Entry
from huiying.notifications.models import Notice
from huiying.staff.models import Absence, User

MONDAY = date(2026, 3, 2)
HOUR = timedelta(hours=1)


@pytest.fixture
def colleague(town):
    """周婷 of the first team, on shift like 王芳 and 李强."""
    town.wang.refresh_from_db()
    other = User.objects.create(
        username="zhouting",
        name="周婷",
        role=town.wang.role,
        department=town.service,
        team=town.first_team,
        is_on_shift=True,
    )
    User.objects.filter(pk__in=[town.wang.pk, other.pk]).update(is_on_shift=True)
    User.objects.filter(pk=town.li.pk).update(is_on_shift=False)
    Route.objects.update(team=town.first_team, to_manager=False)
    return other


def told(case):
    return {one["name"]: one["why_not"] for one in case.routing["considered"]}


def test_everybody_is_looked_at_and_it_is_said_why_not(town, colleague):
    Absence.objects.create(user=town.wang, from_day=MONDAY, until_day=MONDAY)
    case = lodge(town.admin)
    assert case.owner == colleague
    assert told(case) == {"周婷": "", "王芳": "away", "李强": "off-shift"}


def test_heavy_cases_weigh_more(town, colleague):
    first = lodge(town.admin, level=Level.MAJOR)
    second, third = lodge(town.admin), lodge(town.admin)
    assert first.owner != second.owner
    assert second.owner == third.owner


def test_a_route_that_needs_a_skill_goes_to_who_has_it(town, colleague):
    Route.objects.update(skill="英语")
    User.objects.filter(pk=colleague.pk).update(skills=["制冷", "英语"])
    assert [lodge(town.admin).owner for _case in range(3)] == [colleague] * 3
    User.objects.filter(pk=colleague.pk).update(skills=[])
    case = lodge(town.admin)
    assert (case.owner, case.team, told(case)["周婷"]) == (None, town.first_team, "lacks-skill")


def test_a_manager_who_is_away_is_stood_in_for(town, colleague):
    Route.objects.update(to_manager=True)
    town.zhang.owner = town.lin
    town.zhang.save()
    Absence.objects.create(user=town.lin, from_day=MONDAY, until_day=MONDAY, substitute=colleague)
    case = lodge(town.admin, caller=Caller(customer=town.zhang))
    assert (case.owner, case.routing["reason"]) == (colleague, "substitute")


def test_a_substitute_who_lets_it_lie_does_not_get_it_again(town, colleague, pass_time):
    Route.objects.update(to_manager=True)
    town.zhang.owner = town.lin
    town.zhang.save()
    Absence.objects.create(user=town.lin, from_day=MONDAY, until_day=MONDAY, substitute=colleague)
    case = lodge(town.admin, caller=Caller(customer=town.zhang))
    pass_time(by=HOUR)
    case.refresh_from_db()
    assert case.owner == town.wang


def test_what_is_not_accepted_in_time_is_handed_on_once_to_each(town, colleague, pass_time):
    case = lodge(town.admin)
    first = case.owner
    pass_time(by=HOUR)
    case.refresh_from_db()
    second = {town.wang, colleague} - {first}
    assert {case.owner} == second
    entry = Entry.objects.about(case).get(verb=HANDED_ON.code)
    assert (entry.facts["before"], entry.facts["to"]) == (first.name, case.owner.name)
    assert Notice.objects.filter(user=case.owner, entry=entry).exists()
    assert case.stage == Stage.RECEIVED


def test_with_nobody_left_it_waits_in_the_teams_queue(town, colleague, pass_time):
    User.objects.filter(pk=colleague.pk).update(is_on_shift=False)
    case = lodge(town.admin)
    assert case.owner == town.wang
    pass_time(by=HOUR)
    case.refresh_from_db()
    assert (case.owner, case.team) == (None, town.first_team)


def test_what_was_accepted_stays(town, colleague, actor, pass_time):
    case = lodge(town.admin)
    owner = case.owner
    accept(case, by=actor(owner), at=case.received_at)
    pass_time(by=2 * HOUR)
    case.refresh_from_db()
    assert case.owner == owner


def test_the_case_tells_why_it_came_to_its_owner(town, colleague, as_li):
    Absence.objects.create(user=town.wang, from_day=MONDAY, until_day=MONDAY)
    page = as_li.get(lodge(town.admin).get_absolute_url(), headers={"Accept-Language": "en"}).content.decode()
    assert "away" in page
    assert "off shift" in page
