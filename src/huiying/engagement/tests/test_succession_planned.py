from __future__ import annotations

from datetime import date, timedelta

import pytest
from django.utils.timezone import localdate, now

from huiying.customers.models import Customer, Tag
from huiying.engagement.models import Mailing, Succession
from huiying.engagement.succession_task import hand_over_due
from huiying.engagement.tests.test_pool import entered, fresh
from huiying.notifications.models import Notice
from huiying.staff.models import Team, User

FRIDAY = date(2026, 3, 6)


@pytest.fixture(autouse=True)
def at_once(settings):
    settings.TASKS = {"default": {"BACKEND": "django_tasks.backends.immediate.ImmediateBackend"}}


@pytest.fixture
def planned(town, leaving, asked, as_fang):
    """林经理 leaves on Friday."""
    as_fang.post(f"/care/handover/?who={town.lin.pk}", asked(town.wang, on=FRIDAY, words="客户都打过招呼了"))
    return Succession.objects.get()


def path(leaver):
    return f"/care/handover/?who={leaver.pk}"


def test_what_is_planned_waits_for_its_day_and_takes_what_the_person_has_then(
    town, planned, leaving, pass_time, sign_in, fang
):
    assert (planned.state, planned.takes_effect_on, planned.lines.count()) == ("planned", FRIDAY, 0)
    late = entered("新客户", owner=town.lin)
    pass_time(by=timedelta(days=3))
    assert fresh(late).owner == town.lin
    pass_time(by=timedelta(days=1))
    assert {fresh(one).owner for one in (late, *leaving[:2])} == {town.wang}
    assert hand_over_due(now()) == 0
    assert "客户都打过招呼了" in sign_in(town.wang).get("/care/handover/mine/").content.decode()
    told = Notice.objects.filter(link__contains="/care/handover/").values_list("user__name", flat=True)
    assert sorted(told) == ["方总", "王芳"]


def test_two_heartbeats_begin_it_once(town, planned, leaving, monday_morning):
    monday_morning.move_to(now() + timedelta(days=4))
    assert hand_over_due(now()) == 1
    assert hand_over_due(now()) == 0
    planned.refresh_from_db()
    assert (planned.state, planned.counts()["given"]) == ("done", 4)


def test_until_then_it_can_be_called_off(town, planned, leaving, as_fang, as_li, monday_morning):
    address = f"/care/handover/{planned.pk}/calling-off/"
    assert as_li.post(address).status_code == 404
    assert as_fang.post(address).status_code == 302
    monday_morning.move_to(now() + timedelta(days=5))
    assert hand_over_due(now()) == 0
    assert fresh(leaving[0]).owner == town.lin
    assert as_fang.post(address).status_code == 409


def test_who_lost_the_right_meanwhile_hands_nothing_over(town, planned, leaving, perform_duties, monday_morning):
    town.sales.__class__.objects.filter(pk=town.sales.pk).update(head=None)
    monday_morning.move_to(now() + timedelta(days=4))
    assert hand_over_due(now()) == 1
    planned.refresh_from_db()
    assert (planned.state, bool(planned.ending)) == ("off", True)
    assert fresh(leaving[0]).owner == town.lin
    perform_duties()
    assert Notice.objects.filter(user=planned.made_by, weight="warning").exists()


def test_a_day_that_is_over_is_refused(town, leaving, asked, as_fang):
    refused = as_fang.post(path(town.lin), asked(town.wang, on=localdate() - timedelta(days=1)))
    assert refused.status_code == 422
    assert not Succession.objects.exists()


def test_a_batch_whose_worker_died_is_taken_up_again(town, leaving, asked, as_fang, monday_morning):
    as_fang.post(path(town.lin), asked(town.wang))
    Succession.objects.update(state="working")
    Succession.objects.get().lines.filter(kind="needs").update(result="waiting")
    monday_morning.move_to(now() + timedelta(minutes=5))
    assert hand_over_due(now()) == 1
    assert Succession.objects.get().counts()["waiting"] == 0


def test_only_customers_that_fit_go(town, leaving, asked, as_fang):
    vip, other, _case = leaving
    tag = Tag.objects.create(name="华东")
    other.tags.add(tag)
    Customer.objects.filter(pk=other.pk).update(region="杭州", source="展会", industry="设计")
    said = {"tag": tag.pk, "region": "杭", "source": "展会", "industry": "设计", "status": "lead"}
    as_fang.post(path(town.lin), asked(town.wang, kinds=("customers", "needs"), **said))
    assert (fresh(other).owner, fresh(vip).owner) == (town.wang, town.lin)
    assert Succession.objects.get().counts()["given"] == 1


def test_access_ends_with_it_where_the_actor_may_take_it_away(town, leaving, asked, as_fang, as_admin):
    as_fang.post(path(town.lin), asked(town.wang, kinds=("needs",), ends_access="on"))
    assert User.objects.get(pk=town.lin.pk).is_active
    as_admin.post(path(town.lin), asked(town.wang, ends_access="on"))
    assert not User.objects.get(pk=town.lin.pk).is_active
    done = Succession.objects.order_by("-id")[0]
    assert as_admin.post(f"/care/handover/{done.pk}/undoing/").status_code == 409


def test_one_thing_is_put_back_by_itself(town, leaving, asked, as_fang):
    as_fang.post(path(town.lin), asked(town.wang))
    made = Succession.objects.get()
    line = made.lines.get(kind="customers", thing_id=leaving[1].pk)
    address = f"/care/handover/{made.pk}/lines/{line.pk}/undoing/"
    assert as_fang.post(address).status_code == 302
    assert (fresh(leaving[1]).owner, fresh(leaving[0]).owner) == (town.lin, town.wang)
    assert 'data-say="error"' in as_fang.post(address, follow=True).content.decode()
    assert made.counts() == {"waiting": 0, "given": 3, "refused": 0, "restored": 1, "kept": 0}


def test_the_page_narrows_results_and_counts_few_statements(
    town, leaving, asked, as_fang, django_assert_max_num_queries
):
    for n in range(60):
        entered(f"甲{n}", owner=town.lin)
    as_fang.post(path(town.lin), asked(town.wang))
    made = Succession.objects.get()
    with django_assert_max_num_queries(40):
        page = as_fang.get(f"/care/handover/{made.pk}/")
    assert len(page.context["rows"]) == 50
    assert not as_fang.get(f"/care/handover/{made.pk}/?result=refused").context["rows"]


def test_roles_that_hang_on_the_person_are_named(town, leaving, fang, as_fang, as_admin):
    Team.objects.filter(pk=town.lin.team_id).update(lead=town.lin)
    Mailing.objects.create(name="月度贴士", means="sms", text="x", made_by=town.lin, made_at=now(), state="paused")
    page = as_fang.get(path(town.lin)).content.decode()
    assert all(words in page for words in ("大客户组", "月度贴士"))
    address = f"/settings/teams/{town.lin.team_id}/"
    assert address not in page
    assert address in as_admin.get(path(town.lin)).content.decode()
