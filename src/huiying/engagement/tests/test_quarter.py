"""A quarter of care, day by day: sixty customers, four account managers, holidays, complaints, unplanned contacts.

The second quarter of 2026 in Shanghai has three public holidays (清明 4–6 April, 劳动节 1–5 May, 端午 19–21 June)
and the make-up day 9 May. The numbers at the end are counted by hand from the rules, not from the code.
"""

from __future__ import annotations

from collections import Counter
from datetime import date, datetime, time, timedelta
from math import ceil

import pytest
from django.utils.timezone import make_aware

from conftest import person
from huiying.cases.models import Case
from huiying.customers.models import Contact, Customer
from huiying.deadlines.calendars import calendar_named
from huiying.engagement.actions import record_contact
from huiying.engagement.actions.interaction import correct_record
from huiying.engagement.actions.tending import tend
from huiying.engagement.drafts import InteractionDraft
from huiying.engagement.models import CareRule, Interaction, PlannedContact, State
from huiying.engagement.queries.coverage import Line, coverage
from huiying.staff import starter as roles
from huiying.staff.actors import actor_of
from huiying.staff.models import Absence, User

BEGINS, ENDS = date(2026, 4, 1), date(2026, 6, 30)
TIERS = ("vip", "high", "potential", "ordinary")
AWAY = (date(2026, 4, 13), date(2026, 4, 24))


def moment(day: date, hour: int = 1) -> datetime:
    return make_aware(datetime.combine(day, time(hour)))


def tend_all(day: date) -> None:
    while tend(moment(day)):
        pass


@pytest.fixture
def owners(town) -> list[User]:
    Customer.objects.all().update(status="lost")
    names = ("周航", "吴倩", "郑凯", "冯雪")
    people = [
        person(f"am{place}", name, roles.ACCOUNT_MANAGER, town.sales, town.lin.team) for place, name in enumerate(names)
    ]
    Absence.objects.create(user=people[0], from_day=AWAY[0], until_day=AWAY[1])
    return people


@pytest.fixture
def customers(owners) -> list[Customer]:
    """Sixty customers: fifteen of each tier, dealt out in turn."""
    made = [
        Customer(number=f"K{place:03}", name=f"客户{place}", name_key=f"客户{place}", tier=TIERS[place % 4],
                 owner=owners[place // 4 % 4])
        for place in range(60)
    ]  # fmt: skip
    return Customer.objects.bulk_create(made)


def call(customer: Customer, day: date, means: str = "phone", kept: PlannedContact | None = None) -> None:
    said = f"{customer.name}问第 {day:%m%d} 批货何时到，答应周五前回复交期"
    draft = InteractionDraft(means=means, at=moment(day, 10), content=said)
    record_contact(customer, draft, kept=kept, by=actor_of(customer.owner), at=moment(day, 11))


def correct(interaction: Interaction, day: date) -> None:
    draft = InteractionDraft(means="phone", at=moment(day, 10), content=interaction.content)
    correct_record(interaction, draft, by=actor_of(interaction.owner), at=moment(day, 11))


def complain(town, customer: Customer) -> Case:
    begun = moment(BEGINS)
    place = {"team": town.first_team, "department": town.service, "stage": "accepted", "stage_since": begun}
    words = {"subject": "漏水", "description": "漏水", "received_at": begun, "channel": "phone"}
    return Case.objects.create(number=f"T-{customer.pk}", kind="complaint", customer=customer, **place, **words)


def closed() -> dict[str, object]:
    return {"stage": "closed", "closed_at": moment(BEGINS)}


def states(customer: Customer, month: int | None = None) -> list[str]:
    rows = customer.planned_contacts.filter(window_until__lte=ENDS)
    if month:
        rows = rows.filter(window_from__month=month)
    return list(rows.order_by("window_from").values_list("state", flat=True))


def test_what_is_planned_follows_tier_calendar_and_absence(customers, owners):
    tend_all(BEGINS)
    planned = PlannedContact.objects.filter(window_until__lte=ENDS)
    asked = Counter(planned.values_list("tier", flat=True))
    # fifteen each: this month of the two monthly tiers and the next; twice and once this quarter
    assert asked == {"vip": 30, "high": 30, "potential": 30, "ordinary": 15}
    works = calendar_named().is_working_day
    assert all(works(one.due_on) and one.window_from <= one.due_on <= one.window_until for one in planned)
    away = planned.filter(owner=owners[0], due_on__range=AWAY)
    assert not away.exists()
    assert set(planned.values_list("means", flat=True)) == {"phone", "wechat", "sms"}


def test_the_quarter_is_spread_evenly(customers, owners):
    for day in (BEGINS, date(2026, 5, 1)):
        tend_all(day)
    works = calendar_named().is_working_day
    days = [BEGINS + timedelta(days=ahead) for ahead in range((ENDS - BEGINS).days + 1)]
    for owner in owners:
        mine = [day for day in days if works(day) and not (owner == owners[0] and AWAY[0] <= day <= AWAY[1])]
        load = Counter(PlannedContact.objects.filter(owner=owner, due_on__lte=ENDS).values_list("due_on", flat=True))
        mean = sum(load.values()) / len(mine)
        assert sum(load.values()) == (27 if owner == owners[3] else 36)
        assert max(load.values()) <= ceil(1.5 * mean), (owner, mean, load)
        if owner == owners[0]:
            continue  # away for one of the fortnights
        fortnights = Counter((day - BEGINS).days // 14 for day in load.elements())
        assert max(fortnights.values()) <= 3 * max(min(fortnights[at] for at in range(6)), 1), fortnights


def test_two_heartbeats_and_many_make_each_slot_once(customers):
    for _beat in range(3):
        tend_all(BEGINS)
    slots = list(PlannedContact.objects.values_list("customer", "slot"))
    assert len(slots) == len(set(slots))
    before = PlannedContact.objects.count()
    tend_all(BEGINS + timedelta(days=1))
    assert PlannedContact.objects.count() == before


def test_an_unplanned_contact_covers_what_its_means_suffice_for(customers):
    vip, _high, potential, ordinary = customers[:4]
    tend_all(BEGINS)
    call(vip, date(2026, 4, 2), "wechat")
    assert states(vip, 4) == ["planned"]
    call(vip, date(2026, 4, 3), "visit")
    assert states(vip, 4) == ["covered"]
    call(vip, date(2026, 4, 8))
    assert states(vip, 5) == ["planned"], "a second contact of April is none of May"
    call(potential, date(2026, 4, 2), "phone")
    assert states(potential) == ["covered", "planned"]
    call(potential, date(2026, 4, 9), "sms")
    assert states(potential) == ["covered", "planned"]
    call(ordinary, date(2026, 4, 2), "sms")
    assert states(ordinary) == ["covered"]


def test_a_contact_that_a_person_planned_covers_the_slot_of_its_day(customers, owners):
    vip, april, may = customers[0], date(2026, 4, 9), date(2026, 5, 7)
    tend_all(BEGINS)
    wish = PlannedContact.objects.create(customer=vip, owner=owners[0], tier="vip", due_on=april)
    call(vip, april, kept=wish)
    wish.refresh_from_db()
    assert (wish.state, states(vip, 4)) == ("done", ["covered"])
    tend_all(date(2026, 5, 6))
    assert (states(vip, 4), states(vip, 5)) == (["covered"], ["planned"])
    CareRule.objects.update_or_create(pk=1, defaults={"correctable_hours": 24 * 90})
    correct(wish.interaction, may)  # it was in May: April was missed, and the wish is still done
    wish.refresh_from_db()
    assert (wish.state, states(vip, 4), states(vip, 5)) == ("done", ["missed"], ["covered"])


def test_what_a_person_planned_counts_for_slots_that_are_planned_later(customers, owners):
    vip = customers[0]
    wish = PlannedContact.objects.create(customer=vip, owner=owners[0], tier="vip", due_on=BEGINS)
    call(vip, BEGINS, kept=wish)
    tend_all(date(2026, 4, 2))
    assert states(vip, 4) == ["covered"]


def test_coverage_is_whole_only_where_nothing_was_missed():
    def line(due: int, kept: int) -> Line:
        return Line(key=1, name="", due=due, kept=kept, missed=due - kept, skipped=0, overdue=0)

    shares = [(200, 200), (200, 199), (200, 1), (200, 0), (3, 2), (0, 0)]
    assert [line(due, kept).percent for due, kept in shares] == [100, 99, 1, 0, 67, 100]


def test_what_is_planned_for_today_is_due_but_not_overdue(customers, owners):
    tend_all(BEGINS)
    day = date(2026, 4, 9)
    PlannedContact.objects.filter(slot="2026-04/1").update(due_on=day)  # thirty: of fifteen VIPs, fifteen high ones
    PlannedContact.objects.exclude(slot="2026-04/1").delete()
    today, tomorrow = (coverage(BEGINS, ENDS, today=at).whole for at in (day, date(2026, 4, 10)))
    assert [(one.due, one.overdue) for one in (today, tomorrow)] == [(30, 0), (30, 30)]


def test_a_complaint_holds_what_is_planned_and_its_end_releases_it(customers, town):
    vip = customers[0]
    tend_all(BEGINS)
    case = complain(town, vip)
    tend_all(date(2026, 4, 2))
    assert states(vip) == ["held", "held"]
    Case.objects.filter(pk=case.pk).update(**closed())
    tend_all(date(2026, 4, 20))
    [april] = vip.planned_contacts.filter(window_from__month=4)
    assert (april.state, april.due_on > date(2026, 4, 20)) == ("planned", True)


def test_a_complaint_until_the_end_of_the_period_excuses(customers, town):
    vip = customers[0]
    tend_all(BEGINS)
    case = complain(town, vip)
    tend_all(date(2026, 4, 2))
    Case.objects.filter(pk=case.pk).update(**closed())
    tend_all(date(2026, 5, 6))
    assert states(vip)[:2] == ["skipped", "planned"]
    april = coverage(date(2026, 4, 1), date(2026, 4, 30), today=date(2026, 5, 6)).by_tier
    assert {line.key: line.due for line in april}["vip"] == 14


def test_the_quarter_ends_as_the_rules_say(customers, owners, town):
    """The first owner keeps everything, the second nothing; customers call the third; the fourth has disputes."""
    kept = {customer.pk for customer in customers if customer.owner_id == owners[0].pk}
    calling = [one for one in customers if one.owner_id == owners[2].pk]
    disputes = []
    for ahead in range((ENDS - BEGINS).days + 2):
        day = BEGINS + timedelta(days=ahead)
        tend_all(day)
        if day == date(2026, 4, 1):
            disputes = [complain(town, one) for one in customers if one.owner_id == owners[3].pk]
            tend_all(day)
        if day == date(2026, 6, 1):
            Case.objects.filter(pk__in=[one.pk for one in disputes]).update(**closed())
        if day in (date(2026, 4, 10), date(2026, 6, 10)):
            for one in calling:
                call(one, day)
        for one in PlannedContact.objects.filter(state=State.PLANNED, due_on=day, customer__in=kept):
            call(one.customer, day, one.means, kept=one)
    ended = coverage(BEGINS, ENDS, today=ENDS + timedelta(days=1))
    lines = {line.key: (line.due, line.kept, line.missed) for line in ended.by_owner}
    # the owners hold 16, 16, 16 and 12 customers: of each tier four, and three
    assert lines[owners[0].pk] == (4 * 3 + 4 * 3 + 4 * 2 + 4, 36, 0)
    assert lines[owners[1].pk] == (36, 0, 36)
    # called in April and June: two of the three months, both halves, the one of the quarter
    assert lines[owners[2].pk] == (36, 4 * 2 + 4 * 2 + 4 * 2 + 4, 8)
    # disputes excuse April, May and the first half of the quarter; June and the rest of it are missed
    assert lines[owners[3].pk] == (3 + 3 + 3 + 3, 0, 12)
    assert sum(line.due for line in ended.by_tier) == sum(line.due for line in ended.by_owner)


def test_who_wants_no_contact_is_lost_or_nobodys_is_not_planned_for(customers, owners):
    shut, lost, nobodys = customers[:3]
    Contact.objects.create(customer=shut, name="甲", do_not_contact=True)
    Customer.objects.filter(pk=lost.pk).update(status="lost")
    tend_all(BEGINS)
    assert (states(shut), states(lost)) == ([], [])
    assert states(nobodys) != []
    Customer.objects.filter(pk=nobodys.pk).update(owner=None)
    tend_all(BEGINS)
    assert states(nobodys) == []
    Customer.objects.filter(pk=lost.pk).update(status="active")
    tend_all(BEGINS)
    assert len(states(lost)) == 2


def test_a_change_of_tier_plans_the_rest_anew_and_of_owner_carries_it_over(customers, owners):
    vip, ordinary = customers[0], customers[3]
    tend_all(BEGINS)
    call(vip, date(2026, 4, 2))
    Customer.objects.filter(pk=vip.pk).update(tier="potential")
    Customer.objects.filter(pk=ordinary.pk).update(owner=owners[1])
    day = ordinary.planned_contacts.filter(window_until=ENDS).get().due_on
    tend_all(date(2026, 4, 3))
    assert list(vip.planned_contacts.order_by("window_from").values_list("slot", "state"))[:3] == [
        ("2026-04/1", "covered"),
        ("2026Q2/1", "planned"),
        ("2026Q2/2", "planned"),
    ]
    [carried] = ordinary.planned_contacts.filter(window_until=ENDS)
    assert (carried.owner, carried.due_on) == (owners[1], day)
