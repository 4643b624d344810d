"""Birthdays and anniversaries: told once, ahead of time, to the account manager, and not in the midst of a dispute."""

from __future__ import annotations

from datetime import date, datetime, timedelta

import pytest
from django.urls import reverse
from django.utils.timezone import get_current_timezone, localdate, now
from hypothesis import given
from hypothesis import strategies as some

from huiying.cases.models import Case
from huiying.cases.tests.lodging import lodge
from huiying.customers.models import Contact, Customer
from huiying.engagement.actions.occasion import set_days, tell_of_occasions
from huiying.engagement.models import Occasion
from huiying.engagement.queries.occasions import is_kept_on
from huiying.kit.guards import BadInput, Refused
from huiying.notifications.models import Notice

LIST = reverse("engagement:occasions")


def born(town, day):
    Contact.objects.filter(customer=town.zhang).update(birthday=day)


def in_days(days, *, year=1990):
    return (localdate() + timedelta(days=days)).replace(year=year)


@given(some.dates(date(1900, 1, 1), date(2020, 12, 31)), some.integers(1990, 2100))
def test_every_birthday_is_kept_on_exactly_one_day_of_a_year(birthday, year):
    days = [date(year, 1, 1) + timedelta(days=n) for n in range(366)]
    assert sum(is_kept_on(birthday, day) for day in days if day.year == year) == 1


def test_the_manager_is_told_once_three_days_ahead(town, monday_morning, perform_duties):
    born(town, in_days(4))
    assert tell_of_occasions(now()) == 0
    monday_morning.shift(timedelta(days=1))
    assert (tell_of_occasions(now()), tell_of_occasions(now())) == (1, 0)
    perform_duties()
    assert Notice.objects.get(entry__verb="occasion_nears").user_id == town.lin.pk


def test_who_was_born_on_a_leap_day_is_greeted_on_the_28th(town, monday_morning):
    born(town, date(1992, 2, 29))
    monday_morning.move_to(datetime(2027, 2, 26, 10, tzinfo=get_current_timezone()))
    assert tell_of_occasions(now()) == 1
    assert Occasion.objects.get().day == date(2027, 2, 28)


def test_the_anniversary_of_the_cooperation_is_told(town):
    Customer.objects.update(since=in_days(2, year=2023))
    assert tell_of_occasions(now()) == 1
    assert (Occasion.objects.get().kind, Occasion.objects.get().contact) == ("anniversary", None)


def test_it_is_held_back_for_whoever_wishes_no_contact(town, as_lin):
    born(town, in_days(2))
    Contact.objects.update(do_not_contact=True)
    assert tell_of_occasions(now()) == 0
    assert "pill-soon" in as_lin.get(LIST).content.decode()


def test_it_is_held_back_while_a_complaint_is_open_and_told_when_it_ends(town):
    born(town, in_days(2))
    case = lodge(town.wang, team=town.first_team)
    Case.objects.filter(pk=case.pk).update(customer=town.zhang, kind="complaint")
    assert tell_of_occasions(now()) == 0
    Case.objects.filter(pk=case.pk).update(stage="closed", closed_at=now())
    assert tell_of_occasions(now()) == 1


def test_lost_customers_and_those_without_manager_are_left_in_peace(town):
    born(town, in_days(2))
    Customer.objects.update(status="lost")
    assert tell_of_occasions(now()) == 0
    Customer.objects.update(status="active", owner=None)
    assert tell_of_occasions(now()) == 0


def test_the_list_shows_ones_own_or_all_whom_one_may_see(town, as_lin, as_wang, as_sun):
    born(town, in_days(20))
    assert "张敏" in as_lin.get(LIST).content.decode()
    assert "张敏" not in as_wang.get(LIST).content.decode()
    assert "张敏" in as_wang.get(LIST, {"whose": "all"}).content.decode()
    assert as_sun.get(LIST).status_code == 403


def test_the_days_ahead_are_set_by_whoever_may(town, actor, as_admin):
    assert as_admin.post(reverse("engagement:settings_occasions"), {"days": 10}).status_code == 302
    born(town, in_days(9))
    assert tell_of_occasions(now()) == 1
    with pytest.raises(Refused):
        set_days(5, by=actor(town.wang), at=now())
    with pytest.raises(BadInput):
        set_days(31, by=actor(town.admin), at=now())


def test_programs_ask_for_what_comes(town, program):
    born(town, in_days(4))
    [coming] = program(town.lin).get("occasions", mine="true").json()
    told = (coming["customer"], coming["contact"], coming["kind"], coming["owner"]["username"], coming["held"])
    assert told == (town.zhang.number, "张敏", "birthday", town.lin.username, "")
    assert program(town.lin).get("occasions", days=3).json() == []
    Customer.objects.update(owner=None)
    assert program(town.lin).get("occasions").json() == []
    assert program(None).get("occasions").status_code == 401
    assert program(town.lin).get("occasions", days=31).status_code == 422
