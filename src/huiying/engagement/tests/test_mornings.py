"""Each working morning account managers are told once what is planned and what was missed."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta

import pytest
from django.utils.timezone import make_aware

from huiying.customers.models import Customer
from huiying.engagement.actions.morning import tell_in_the_morning
from huiying.engagement.actions.tending import miss
from huiying.engagement.models import CareRule, PlannedContact
from huiying.journal.duties import perform_due
from huiying.notifications.models import Notice
from huiying.staff.models import Absence

MISSED = "/care/contacts/?state=missed&whose=me"
FRIDAY, SATURDAY, MONDAY, TUESDAY = (date(2026, 4, day) for day in (10, 11, 13, 14))


def at(day: date, hour: int = 9) -> datetime:
    return make_aware(datetime.combine(day, time(hour)))


def plan(customer: Customer, due: date, **facts) -> PlannedContact:
    return PlannedContact.objects.create(customer=customer, owner=customer.owner, tier="vip", due_on=due, **facts)


@pytest.fixture
def morning(town):
    """Let the heartbeat reach a moment and return what 林经理 was told, the latest last."""

    def morning_(moment: datetime) -> list[tuple[str, str]]:
        miss(moment)
        tell_in_the_morning(moment)
        while perform_due(moment + timedelta(minutes=1)):
            pass
        return list(Notice.objects.filter(user=town.lin, event="care").order_by("id").values_list("headline", "link"))

    return morning_


def test_one_line_tells_what_is_planned_and_overdue_once_a_working_day(town, morning):
    for due in (MONDAY, MONDAY, FRIDAY):
        plan(town.zhang, due)
    assert morning(at(MONDAY, 8)) == [], "too early"
    told = morning(at(MONDAY))
    assert len(told) == 1
    assert ("2" in told[0][0], "1" in told[0][0], told[0][1]) == (True, True, "/care/")
    plan(town.zhang, MONDAY)
    assert morning(at(MONDAY, 11)) == told, "told once a day"
    assert len(morning(at(TUESDAY))) == 2


def test_nobody_is_told_on_a_day_off_or_while_away(town, morning):
    Absence.objects.create(user=town.lin, from_day=MONDAY, until_day=MONDAY)
    plan(town.zhang, FRIDAY)
    assert morning(at(SATURDAY)) == morning(at(MONDAY)) == []
    assert len(morning(at(TUESDAY))) == 1


def test_who_has_nothing_planned_hears_nothing(town, morning):
    assert morning(at(MONDAY)) == []


def test_many_missed_in_one_night_are_one_line_with_the_way_to_the_list(town, morning, as_lin):
    morning(at(FRIDAY))
    for n in range(60):
        plan(town.zhang, FRIDAY, slot=f"2026-04/{n}", window_from=date(2026, 4, 1), window_until=date(2026, 4, 12))
    told = morning(at(MONDAY))
    assert [("60" in line, link) for line, link in told] == [(True, MISSED)]
    assert morning(at(TUESDAY)) == told
    assert len(as_lin.get(told[0][1]).context["rows"]) == 50


@pytest.mark.parametrize(("days_ago", "state"), [(30, "planned"), (31, "missed")])
def test_what_a_person_planned_counts_as_missed_after_thirty_days(town, morning, days_ago, state):
    morning(at(FRIDAY))
    one = plan(town.zhang, MONDAY - timedelta(days=days_ago))
    told = morning(at(MONDAY))
    one.refresh_from_db()
    assert one.state == state
    assert [link for _line, link in told] == [MISSED if state == "missed" else "/care/"]


def test_hour_and_days_are_set_on_the_settings_page(town, morning, as_admin):
    typed = {"correctable_hours": 72, "told_at": "07:30", "hand_days": 10}
    assert as_admin.post("/settings/care/", {**typed, "hand_days": 0}).status_code == 422
    assert as_admin.post("/settings/care/", typed).status_code == 302
    assert (CareRule.current().told_at, CareRule.current().hand_days) == (time(7, 30), 10)
    plan(town.zhang, MONDAY)
    assert len(morning(at(MONDAY, 8))) == 1


def test_a_skipped_contact_is_planned_again_from_the_list(town, as_lin, as_wang):
    one = plan(town.zhang, date(2026, 3, 10), state="skipped", skip_reason="客户出国")
    row = as_lin.get("/care/contacts/?state=skipped").context["rows"][0]
    assert (row.planned, row.revivable) == (one, True)
    assert as_wang.get("/care/contacts/?state=skipped").context["rows"] == []
    assert as_lin.post(f"/care/contacts/{one.pk}/reviving/", headers={"HX-Request": "true"}).status_code == 204
    rows = as_lin.get("/care/contacts/?state=ahead").context["rows"]
    assert [row.planned for row in rows] == [one]


def test_the_list_costs_the_same_however_long_it_is(town, as_lin, django_assert_max_num_queries):
    for n in range(40):
        plan(town.zhang, date(2026, 3, 10), state="skipped", skip_reason=f"第 {n} 次改期")
    with django_assert_max_num_queries(12):
        as_lin.get("/care/contacts/?state=skipped")
