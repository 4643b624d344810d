"""The lists of planned contacts: whose they are, undoing a skip, what counts, and what is said before it does not."""

from __future__ import annotations

import json
from datetime import date, datetime, time

import pytest
from django.utils.timezone import make_aware, now

from huiying.customers.models import Customer
from huiying.engagement.importers import InteractionImporter
from huiying.engagement.models import CarePolicy, Interaction, PlannedContact
from huiying.imports.protocol import Row
from huiying.journal.actors import STARTER

HTMX = {"HX-Request": "true"}


def plan(customer, owner, **facts):
    values = {"due_on": date(2026, 3, 3), "tier": customer.tier, **facts}
    return PlannedContact.objects.create(customer=customer, owner=owner, **values)


def slot(customer, owner, name="2026-03/1", begins=1, ends=15, **facts):
    policy = CarePolicy.objects.filter(tier="vip").latest("pk")
    window = {"window_from": date(2026, 3, begins), "window_until": date(2026, 3, ends)}
    return plan(customer, owner, slot=name, policy=policy, **window, **facts)


def rows(client, **asked):
    return {row.planned.pk for row in client.get("/care/contacts/", {"state": "ahead", **asked}).context["rows"]}


def test_a_leader_begins_with_the_team_and_may_ask_for_all(town, as_li):
    town.li.role.powers.append("care.lead")
    town.li.role.save()
    mine, of_wang, of_chen = (plan(town.zhang, one) for one in (town.li, town.wang, town.chen))
    assert rows(as_li) == rows(as_li, whose="team") == {mine.pk, of_wang.pk}
    assert rows(as_li, whose="me") == {mine.pk}
    assert rows(as_li, whose="all") == {mine.pk, of_wang.pk, of_chen.pk}


def test_who_does_not_lead_sees_only_their_own(town, as_wang):
    mine, _other = plan(town.zhang, town.wang), plan(town.zhang, town.chen)
    for whose in ("", "me", "team", "all", "chen"):
        assert rows(as_wang, whose=whose) <= {mine.pk}


def test_the_toast_of_a_skip_takes_it_back(town, as_lin):
    one = plan(town.zhang, town.lin)
    answer = as_lin.post(f"/care/contacts/{one.pk}/skipping/", {"reason": "客户出国"}, headers=HTMX)
    undo = json.loads(answer["HX-Trigger"])["say"]["undo"]
    assert as_lin.post(undo["href"], undo["values"], headers=HTMX).status_code == 204
    one.refresh_from_db()
    assert (one.state, one.skip_reason) == ("planned", "")


@pytest.mark.parametrize(
    ("means", "at", "says"),
    [
        ("phone", "2026-03-10T09:00", ""),
        ("phone", "2026-03-20T09:00", "这次联系不计入"),
        ("sms", "2026-03-10T09:00", "这次联系不计入"),
    ],
)
def test_what_will_not_count_is_said_before_it_is_saved(town, as_lin, means, at, says):
    one = slot(town.zhang, town.lin)
    typed = {"planned": one.pk, "means": means, "at": at, "content": "王总要 20 个滤芯"}
    page = as_lin.post(f"/customers/{town.zhang.number}/interactions/check/", typed).content.decode()
    assert ("这次联系不计入" in page) == bool(says)


def test_the_warning_names_what_it_counts_for_instead(town, as_lin):
    missed = slot(town.zhang, town.lin, state="missed")
    slot(town.zhang, town.lin, "2026-03/2", 16, 31, due_on=date(2026, 3, 18))
    typed = {"planned": missed.pk, "means": "phone", "at": "2026-03-20T09:00"}
    page = as_lin.post(f"/customers/{town.zhang.number}/interactions/check/", typed).content.decode()
    assert "将改为计入" in page
    assert "18" in page.partition("将改为计入")[2][:20]


def brought(customer, ref, day, means="phone", content="王总说三月份的滤芯已用完，要 20 个，周五前报价"):
    at = make_aware(datetime.combine(date(2026, 3, day), time(9)))
    values = {"customer_number": customer.number, "means": means, "at": at, "content": content, "external_ref": ref}
    return Row(2, values)


def test_imported_records_cover_what_was_planned_for_their_days(town):
    first, second = slot(town.zhang, town.lin), slot(town.zhang, town.lin, "2026-03/2", 16, 31)
    held = [brought(town.zhang, "J1", 1), brought(town.zhang, "J2", 2), brought(town.zhang, "J3", 2, content="已沟通")]
    InteractionImporter().store(held, by=STARTER, at=now())
    first.refresh_from_db()
    second.refresh_from_db()
    assert (first.state, first.interaction) == ("covered", Interaction.objects.get(external_ref="J1"))
    assert second.state == "planned"


def test_an_import_of_many_costs_no_statement_a_row_where_nothing_is_planned(town, django_assert_max_num_queries):
    held = [brought(town.zhang, f"J{n}", 1, content=f"王总第 {n} 次来问滤芯报价") for n in range(60)]
    with django_assert_max_num_queries(25):
        InteractionImporter().store(held, by=STARTER, at=now())
    assert Interaction.objects.count() == 60


def test_a_full_day_takes_no_room_from_the_others_and_opens_whole(town, as_lin):
    facts = {"customer": town.zhang, "owner": town.lin, "tier": "ordinary", "due_on": date(2026, 3, 3)}
    PlannedContact.objects.bulk_create(PlannedContact(**facts) for _one in range(700))
    vip = plan(town.zhang, town.lin, tier="vip", about="签字")
    done = plan(town.zhang, town.lin, tier="vip", state="missed")
    friday = plan(town.zhang, town.lin, due_on=date(2026, 3, 6))
    days = {day.date.day: day for day in as_lin.get("/care/?day=2026-03-03").context["week"].days}
    assert [days[3].contacts[0].pk, len(days[3].contacts), days[3].more, days[3].open] == [vip.pk, 40, 662, 701]
    assert done not in days[3].contacts
    assert [one.pk for one in days[6].contacts] == [friday.pk]
    shown = as_lin.get("/care/contacts/", {"state": "any", "day": "2026-03-06"}).context["rows"]
    assert [row.planned.pk for row in shown] == [friday.pk]
    assert len(rows(as_lin, state="any", day="nonsense")) == 50


def test_the_coverage_of_many_comes_after_their_week(town, as_li):
    town.li.role.powers.append("care.lead")
    town.li.role.save()
    slot(town.zhang, town.wang, due_on=date(2026, 3, 1))
    page = as_li.get("/care/", {"whose": "all"})
    assert "coverage" not in page.context
    assert "/care/coverage/side/?whose=all" in page.content.decode()
    assert as_li.get("/care/coverage/side/", {"whose": "all"}).context["coverage"].whole.due == 1
    assert as_li.get("/care/").context["whose"] == "team"
    Customer.objects.filter(pk=town.zhang.pk).update(owner=town.li)
    assert as_li.get("/care/").context["whose"] == "me"
    assert "coverage" in as_li.get("/care/").context
