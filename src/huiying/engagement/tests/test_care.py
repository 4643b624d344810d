"""The page of care, what people do there, and what the desk owes of it."""

from __future__ import annotations

from datetime import date

import pytest
from django.utils import timezone

from huiying.customers.models import Customer
from huiying.engagement.actions.tending import tend
from huiying.engagement.models import CarePolicy, PlannedContact

SPECIFIC = "王总说三月份的滤芯已用完，要 20 个，周五前报价"
HTMX = {"HX-Request": "true"}
TODAY = date(2026, 3, 2)


@pytest.fixture
def planned(town) -> PlannedContact:
    """张敏, a VIP of 林经理, is to be called today."""
    Customer.objects.filter(pk=town.zhang.pk).update(tier="vip")
    while tend(timezone.now()):
        pass
    PlannedContact.objects.filter(window_until=date(2026, 3, 31)).update(due_on=TODAY)
    return PlannedContact.objects.get(window_until=date(2026, 3, 31))


def test_my_week_shows_what_is_planned_and_i_record_it_there(as_lin, planned, town):
    assert town.zhang.name in as_lin.get("/care/").content.decode()
    address = f"/customers/{town.zhang.number}/interactions/new/?planned={planned.pk}"
    assert as_lin.get(address, headers=HTMX).status_code == 200
    typed = {"means": "phone", "at": "2026-03-02T09:30", "content": SPECIFIC}
    assert as_lin.post(address, typed, headers=HTMX).status_code == 204
    planned.refresh_from_db()
    assert (planned.state, planned.interaction.content) == ("done", SPECIFIC)


def test_a_message_does_not_do_where_a_call_is_asked_for(as_lin, planned, town):
    address = f"/customers/{town.zhang.number}/interactions/new/?planned={planned.pk}"
    as_lin.post(address, {"means": "wechat", "at": "2026-03-02T09:30", "content": SPECIFIC}, headers=HTMX)
    planned.refresh_from_db()
    assert planned.state == "planned"


@pytest.mark.parametrize(
    ("to", "status", "day"),
    [("2026-03-12", 204, 12), ("2026-03-14", 422, 2), ("2026-04-03", 422, 2), ("2026-02-27", 422, 2), ("x", 422, 2)],
)
def test_a_contact_moves_to_another_working_day_of_its_window(as_lin, planned, to, status, day):
    answer = as_lin.post(f"/care/contacts/{planned.pk}/move/", {"to": to}, headers=HTMX)
    assert answer.status_code == status
    planned.refresh_from_db()
    assert planned.due_on.day == day
    assert ("undo" in answer.headers.get("HX-Trigger", "")) == (status == 204)


def test_who_leads_not_moves_no_colleagues_contact(as_wang, as_zhao, planned):
    address = f"/care/contacts/{planned.pk}/move/"
    assert as_wang.post(address, {"to": "2026-03-12"}, headers=HTMX).status_code == 403
    assert as_zhao.post(address, {"to": "2026-03-12"}, headers=HTMX).status_code == 204


def test_skipping_needs_a_reason_and_can_be_taken_back(as_lin, planned):
    address = f"/care/contacts/{planned.pk}/skipping/"
    assert as_lin.post(address, {"reason": ""}, headers=HTMX).status_code == 422
    assert as_lin.post(address, {"reason": "客户本月出国，约好四月再联系"}, headers=HTMX).status_code == 204
    planned.refresh_from_db()
    assert planned.state == "skipped"
    assert as_lin.post(f"/care/contacts/{planned.pk}/reviving/", headers=HTMX).status_code == 204
    planned.refresh_from_db()
    assert (planned.state, planned.skip_reason) == ("planned", "")


def test_a_contact_is_planned_by_hand(as_lin, town):
    address = f"/customers/{town.zhang.number}/plans/new/"
    typed = {"due_on": "2026-03-10", "means": "visit", "about": "看新滤芯用得怎样"}
    assert as_lin.post(address, {**typed, "due_on": "2026-02-10"}, headers=HTMX).status_code == 422
    assert as_lin.post(address, typed, headers=HTMX).status_code == 204
    assert PlannedContact.objects.get(slot="").owner == town.lin


def test_a_next_step_with_a_day_is_planned_and_follows_the_record(as_lin, town):
    address = f"/customers/{town.zhang.number}/interactions/"
    typed = {"means": "phone", "at": "2026-03-02T09:30", "content": SPECIFIC}
    as_lin.post(address + "new/", {**typed, "next_step": "报价", "next_on": "2026-03-06"}, headers=HTMX)
    one = PlannedContact.objects.get(follows__isnull=False)
    assert (one.about, one.due_on, one.owner) == ("报价", date(2026, 3, 6), town.lin)
    as_lin.post(f"{address}{one.follows_id}/", {**typed, "next_step": "报价", "next_on": "2026-03-09"}, headers=HTMX)
    one.refresh_from_db()
    assert one.due_on == date(2026, 3, 9)


def test_the_desk_owes_todays_contacts_for_one_more_statement(as_lin, planned, django_assert_max_num_queries):
    assert f"owed-contact-{planned.pk}" in as_lin.get("/").content.decode()
    firms = [
        Customer(number=f"K{n}", name=f"甲{n}", name_key=f"甲{n}", tier="vip", owner=planned.owner) for n in range(30)
    ]
    Customer.objects.bulk_create(firms)
    while tend(timezone.now()):
        pass
    PlannedContact.objects.filter(window_until=date(2026, 3, 31)).update(due_on=TODAY)
    with django_assert_max_num_queries(17):
        page = as_lin.get("/").content.decode()
    assert page.count("owed-contact-") >= 31


def test_the_page_of_care_costs_the_same_however_much_is_planned(as_lin, planned, django_assert_max_num_queries):
    firms = [
        Customer(number=f"K{n}", name=f"甲{n}", name_key=f"甲{n}", tier="high", owner=planned.owner) for n in range(30)
    ]
    Customer.objects.bulk_create(firms)
    while tend(timezone.now()):
        pass
    with django_assert_max_num_queries(14):
        as_lin.get("/care/")


def test_each_figure_of_coverage_opens_its_rows(as_zhao, as_lin, planned, town):
    typed = {"means": "phone", "at": "2026-03-02T09:30", "content": SPECIFIC}
    as_lin.post(f"/customers/{town.zhang.number}/interactions/new/", typed, headers=HTMX)
    page = as_zhao.get("/care/coverage/").context["coverage"]
    assert (page.whole.due, page.whole.kept, page.by_owner[0].name) == (1, 1, "林经理")
    rows = as_zhao.get(f"/care/due/?owner={town.lin.pk}&outcome=kept").context["page"].items
    assert [row.customer for row in rows] == [town.zhang]
    assert as_zhao.get("/care/due/?outcome=missed").context["page"].items == []


def test_the_figure_of_nobodys_contacts_opens_just_those(as_zhao, planned, town):
    window = {"slot": "2026-03/1", "window_from": date(2026, 3, 1), "window_until": date(2026, 3, 31)}
    gone = Customer.objects.create(number="K9", name="旧客户", name_key="旧客户")
    left = PlannedContact.objects.create(customer=gone, owner=None, tier="vip", due_on=TODAY, **window)
    page = as_zhao.get("/care/coverage/")
    assert [(line.key, line.due) for line in page.context["coverage"].by_owner] == [(town.lin.pk, 1), (None, 1)]
    for by in ("owner", "team"):
        assert f"{by}=none" in page.content.decode()
        assert as_zhao.get(f"/care/due/?{by}=none").context["page"].items == [left]


def test_who_does_not_lead_reads_the_coverage_of_their_own_contacts(as_lin, planned, town):
    PlannedContact.objects.create(customer=planned.customer, owner=town.wang, due_on=TODAY, tier="vip")
    whole = as_lin.get("/care/coverage/").context["coverage"].whole
    assert (whole.due, whole.kept) == (1, 0)
    assert [row.owner for row in as_lin.get("/care/due/").context["page"].items] == [town.lin]


def test_a_held_card_says_why_and_a_column_how_many_wait(as_lin, planned):
    planned.state = "held"
    planned.save()
    PlannedContact.objects.create(customer=planned.customer, owner=planned.owner, due_on=TODAY, tier="vip")
    page = as_lin.get(f"/care/?day={planned.due_on}").content.decode()
    assert page.count("投诉或故障未了结，暂不问候") == 1
    today = as_lin.get("/care/").content.decode()
    assert "1 位" in today
    assert "M。" in today
    empty = as_lin.get("/care/?day=2026-10-19").content.decode()
    assert "M。" not in empty, "an empty week has nothing to move"
    assert "这一周没有安排联系" in empty


def test_a_page_on_which_nothing_was_due_claims_nothing(as_lin):
    assert "100%" not in as_lin.get("/care/coverage/?from=2020-01-01").content.decode()


def test_an_administrator_sets_a_policy_as_a_new_version(as_admin, as_zhao, town):
    typed = {"times": 2, "per": "month", "means": ["phone"], "quiet_from": "19:00", "quiet_until": "09:00",
             "active": "on", "version": 1}  # fmt: skip
    assert as_admin.post("/settings/care/vip/effect/", typed).context["effect"].customers == 0
    assert as_admin.post("/settings/care/vip/", typed).status_code == 302
    assert CarePolicy.objects.current().get(tier="vip").version == 2
    assert as_admin.post("/settings/care/vip/", typed).status_code == 422, "somebody was quicker"
    rule = {"correctable_hours": 24, "told_at": "08:30", "hand_days": 30}
    assert as_admin.post("/settings/care/", rule).status_code == 302
