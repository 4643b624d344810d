"""Who stands in for somebody away is told of their day, sees their customers and does their contacts, that day only."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta

import pytest
from django.utils.timezone import make_aware

from huiying.engagement.actions.morning import tell_in_the_morning
from huiying.engagement.models import Interaction, PlannedContact
from huiying.journal.duties import perform_due
from huiying.notifications.models import Notice
from huiying.staff.models import Absence, Scope, User

MONDAY = date(2026, 3, 2)
HTMX = {"HX-Request": "true"}
TYPED = {"means": "phone", "at": "2026-03-02T09:30", "content": "王总说三月份的滤芯已用完，要 20 个，周五前报价"}


@pytest.fixture
def colleague(town) -> User:
    """何经理 has 林经理's role and nobody to look after."""
    role = town.lin.role
    assert role.customer_scope == Scope.OWN
    person = User(username="he", name="何经理", role=role, department=town.lin.department, team=town.lin.team)
    person.set_unusable_password()
    person.save()
    return person


@pytest.fixture
def away(town, colleague) -> PlannedContact:
    """林经理 is away on Monday and has a contact planned for it."""
    town.zhang.owner = town.lin
    town.zhang.save()
    Absence.objects.create(user=town.lin, from_day=MONDAY, until_day=MONDAY, substitute=colleague)
    return PlannedContact.objects.create(customer=town.zhang, owner=town.lin, tier="vip", due_on=MONDAY)


def told(person: User, *, hour: int = 9) -> list[tuple[str, str]]:
    moment = make_aware(datetime.combine(MONDAY, time(hour)))
    tell_in_the_morning(moment)
    while perform_due(moment + timedelta(minutes=1)):
        pass
    return list(Notice.objects.filter(user=person, event="care").values_list("headline", "link"))


def test_the_substitute_hears_once_of_the_day_and_for_whom(town, colleague, away):
    lines = told(colleague)
    assert [("林经理" in line, "1" in line, link) for line, link in lines] == [(True, True, "/care/?whose=lin")]
    assert told(colleague, hour=11) == lines
    assert told(town.lin) == []


def test_an_absence_noted_after_the_morning_is_told_all_the_same(colleague, away):
    absence = Absence.objects.get()
    absence.delete()
    assert told(colleague) == []
    absence.save(force_insert=True)
    assert len(told(colleague, hour=10)) == 1


def test_a_substitute_who_is_away_too_hears_nothing(colleague, away):
    Absence.objects.create(user=colleague, from_day=MONDAY, until_day=MONDAY)
    assert told(colleague) == []


def test_the_substitute_opens_records_and_skips_what_is_planned(colleague, away, sign_in):
    he = sign_in(colleague)
    assert away.customer.name in he.get("/care/?whose=lin").content.decode()
    address = f"/customers/{away.customer.number}/interactions/new/?planned={away.pk}"
    assert he.post(address, TYPED, headers=HTMX).status_code == 204
    away.refresh_from_db()
    assert (away.state, Interaction.objects.get().owner) == ("done", colleague)


def test_whoever_stands_in_for_nobody_sees_nothing_of_it(town, colleague, away, sign_in):
    Absence.objects.all().delete()
    he = sign_in(colleague)
    assert away.customer.name not in he.get("/care/?whose=lin").content.decode()
    assert he.get(away.customer.get_absolute_url()).status_code == 404
    assert he.post(f"/care/contacts/{away.pk}/skipping/", {"reason": "出国"}, headers=HTMX).status_code == 404
