"""The pages and the interface of onboarding: the work list, the track, the desk, programs."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import translation
from django.utils.timezone import localdate, localtime, now

from conftest import person
from huiying.customers.models import Customer
from huiying.engagement.actions.meeting import MeetingDraft, TaskDraft, note_meeting
from huiying.engagement.actions.needs_analysis import AnalysisDraft, analyse_needs
from huiying.engagement.actions.onboarding import begin_onboarding, call_off
from huiying.engagement.models import Meeting, MeetingTask, Need, Onboarding, OnboardingRule
from huiying.staff.starter import ACCOUNT_MANAGER

DECIDED = "物流部负责送装，销售部三天内给样机报价"
WANTED = "三家新店要二十台净水器，四月底前装好，想先看样机"
ANALYSIS = {"type": "purchase", "priority": "high", "wanted": WANTED, "is_complex": "on"}
LIST = "/care/onboardings/"


@pytest.fixture
def lin(town, actor):
    return actor(town.lin)


@pytest.fixture
def onboarding(town, lin):
    return begin_onboarding(town.zhang, by=lin, at=now())


@pytest.fixture
def met(onboarding, town, lin):
    """A meeting was held; 孙工 has a task."""
    found = AnalysisDraft(type="custom", priority="high", wanted=WANTED, is_complex=True)
    analyse_needs(onboarding, found, by=lin, at=now())
    task = TaskDraft(what="出安装图纸", owner=town.sun, due_on=localdate())
    draft = MeetingDraft(held_at=now(), people=[town.lin, town.sun], decisions=DECIDED, tasks=[task])
    note_meeting(onboarding, draft, by=lin, at=now())
    return MeetingTask.objects.get()


def newcomers(town, lin, count, *, begin=0):
    for number in range(begin, begin + count):
        someone = Customer(number=f"C1{number:05}", name=f"新客户{number}", owner=town.lin)
        someone.key_name()
        someone.save()
        begin_onboarding(someone, by=lin, at=now())


def deed(client, onboarding, name, **said):
    return client.post(f"{onboarding.get_absolute_url()}{name}/", said, headers={"HX-Request": "true"})


def owed(client):
    desk = client.get("/").context["desk"]
    with translation.override("en"):
        return [(str(one.what), one.about) for one in (*desk.today, *desk.later)]


def statements(client, address):
    client.get(address)
    with CaptureQueriesContext(connection) as asked:
        assert client.get(address).status_code == 200
    return sum("deadlines_edition" not in one["sql"] for one in asked)  # asked anew every other second


def test_a_customers_page_shows_the_track_and_the_next_step(as_lin, town, onboarding):
    page = as_lin.get(f"/customers/{town.zhang.number}/onboarding/").content.decode()
    assert "需求分析" in page
    assert f"/customers/{town.zhang.number}/interactions/new/" in page
    assert f"{onboarding.get_absolute_url()}clocks/" in page


def test_begun_by_hand_and_called_off_on_the_page(as_lin, town):
    assert as_lin.post(f"/customers/{town.zhang.number}/onboarding/begin/").status_code == 302
    onboarding = Onboarding.objects.get()
    assert deed(as_lin, onboarding, "calling-off").status_code == 422
    assert deed(as_lin, onboarding, "calling-off", reason="unfit").status_code == 204
    assert "已终止" in as_lin.get(onboarding.get_absolute_url()).content.decode()
    assert deed(as_lin, onboarding, "taking-up").status_code == 204


def test_analysis_meeting_and_need_through_their_forms(as_lin, town, onboarding):
    hollow = deed(as_lin, onboarding, "analysis", **{**ANALYSIS, "wanted": "待跟进"})
    assert hollow.status_code == 422
    assert deed(as_lin, onboarding, "analysis", **ANALYSIS).status_code == 204
    rows = {"tasks-TOTAL_FORMS": "1", "tasks-INITIAL_FORMS": "0"}
    said = {
        "held_at": f"{localtime():%Y-%m-%dT%H:%M}",
        "people": [town.lin.pk, town.sun.pk],
        "decisions": DECIDED,
    }
    unowned = deed(as_lin, onboarding, "meetings", **said, **rows, **{"tasks-0-what": "出图纸"})
    assert unowned.status_code == 422
    assert "出图纸" in unowned.content.decode()
    task = {"tasks-0-what": "出图纸", "tasks-0-owner": town.sun.pk, "tasks-0-due_on": localdate().isoformat()}
    assert deed(as_lin, onboarding, "meetings", **said, **rows, **task).status_code == 204
    correction = f"/care/onboardings/meetings/{Meeting.objects.get().pk}/correction/"
    assert DECIDED in as_lin.get(correction).content.decode()
    none = {"tasks-TOTAL_FORMS": "1", "tasks-INITIAL_FORMS": "0", "people": [town.lin.pk, town.sun.pk]}
    assert (
        as_lin.post(
            correction, {**none, "decisions": f"{DECIDED}，先出样机"}, headers={"HX-Request": "true"}
        ).status_code
        == 204
    )
    assert "更正过 1 次" in as_lin.get(onboarding.get_absolute_url()).content.decode()
    assert deed(as_lin, onboarding, "needs", title="二十台净水器").status_code == 204
    page = as_lin.get(onboarding.get_absolute_url()).content.decode()
    assert "出图纸" in page
    assert Need.objects.get().get_absolute_url() in page


def test_who_has_a_task_sees_the_onboarding_and_it_on_the_desk(as_sun, as_chen, met):
    address = met.onboarding.get_absolute_url()
    assert "出安装图纸" in as_sun.get(address).content.decode()
    assert as_sun.get(LIST).status_code == 403
    assert owed(as_sun) == [("Task of a meeting", "出安装图纸")]
    done = as_sun.post(f"/care/onboardings/tasks/{met.pk}/doing/", {"outcome": "已发"}, headers={"HX-Request": "true"})
    assert done.status_code == 204
    assert not as_sun.get("/").context["desk"].today
    assert as_sun.post(f"/care/onboardings/tasks/{met.pk}/reopening/").status_code == 302


def test_the_desk_shows_the_step_that_is_due_first(as_lin, onboarding):
    assert owed(as_lin) == [("first follow-up", "记录一次沟通")]


def test_the_list_is_narrowed_by_whose_step_and_deadline(as_lin, as_zhao, town, onboarding, pass_time):
    assert "张敏" in as_lin.get(LIST).content.decode()
    for query in ("whose=nobody", "step=owner", "due=late", "status=completed"):
        assert "张敏" not in as_lin.get(f"{LIST}?{query}").content.decode()
    pass_time(by=timedelta(days=2))
    assert "张敏" in as_lin.get(f"{LIST}?due=late&step=visit").content.decode()
    assert "张敏" in as_zhao.get(f"{LIST}?whose=all").content.decode()


def test_an_empty_list_says_what_begins_one(as_wang):
    assert "手工建档" in as_wang.get(LIST).content.decode()


def test_list_page_and_desk_cost_the_same_however_many(as_lin, town, lin, met):
    newcomers(town, lin, 22)
    few = [statements(as_lin, address) for address in (f"{LIST}?whose=all", "/", met.onboarding.get_absolute_url())]
    newcomers(town, lin, 20, begin=22)
    many = [statements(as_lin, address) for address in (f"{LIST}?whose=all", "/", met.onboarding.get_absolute_url())]
    assert many == few


def test_whose_begins_by_itself_is_set_and_tried(as_admin, as_lin, town):
    address = "/settings/onboarding/"
    assert as_lin.get(address).status_code == 403
    chosen = {"doors": ["list"], "kinds": ["person"], "statuses": ["lead"]}
    assert as_admin.post(f"{address}trial/", chosen).status_code == 200
    assert as_admin.post(address, chosen).status_code == 302
    rule = OnboardingRule.objects.get()
    assert (rule.doors, rule.kinds, rule.statuses, rule.version) == (["list"], ["person"], ["lead"], 1)
    assert "批量导入" in as_admin.get(address).content.decode()


def test_a_program_leads_one_from_begin_to_end(program, town):
    asks = program(town.lin)
    made = asks.post(f"customers/{town.zhang.number}/onboardings")
    assert made.status_code == 201
    path = f"onboardings/{made.json()['id']}"
    assert asks.post(f"customers/{town.zhang.number}/onboardings").status_code == 409
    found = asks.post(f"{path}/analysis", {"type": "purchase", "wanted": WANTED, "is_complex": True}).json()
    assert [one["step"] for one in found["steps"] if one["due_at"]] == ["follow_up", "visit", "meeting"]
    task = {"what": "出图纸", "owner": "sungong", "due_on": localdate().isoformat()}
    meeting = {
        "held_at": localtime().isoformat(),
        "people": ["lin", "sungong"],
        "decisions": DECIDED,
    }
    noted = asks.post(f"{path}/meetings", {**meeting, "tasks": [task]}).json()
    key = noted["meetings"][0]["tasks"][0]["id"]
    said = {"people": ["lin", "sungong"], "decisions": f"{DECIDED}，先出样机"}
    corrected = asks.post(f"meetings/{noted['meetings'][0]['id']}/correction", said).json()["meetings"]
    assert [one["decisions"] for one in corrected] == [said["decisions"]]
    done = program(town.sun).post(f"meeting-tasks/{key}/doing", {"outcome": "已发"})
    assert done.json()["meetings"][0]["tasks"][0]["outcome"] == "已发"
    assert asks.post(f"{path}/needs", {"title": "二十台净水器"}).json()["origin"] == "analysis"
    assert asks.post(f"{path}/calling-off", {"reason": "unfit"}).json()["called_off"] == "unfit"
    assert asks.post(f"{path}/taking-up").json()["status"] == "running"
    assert asks.send("PUT", f"{path}/owner", {"owner": "wangfang"}).json()["owner"]["username"] == "wangfang"
    assert len(asks.get("onboardings", step="visit", overdue=False).json()["items"]) == 1


def test_who_looks_after_one_of_a_customer_out_of_sight_sees_the_needs_passed_on(program, town, onboarding):
    other = person("han", "韩经理", ACCOUNT_MANAGER, town.sales, town.lin.team)
    Onboarding.objects.update(owner=other)
    passed = program(other).post(f"onboardings/{onboarding.pk}/needs", {"title": "二十台净水器"})
    assert passed.status_code == 201
    assert program(other).get("needs").json()["items"][0]["id"] == passed.json()["id"]
    Onboarding.objects.update(owner=town.lin)
    assert program(other).get(f"needs/{passed.json()['id']}").status_code == 404


def test_a_program_of_who_does_not_care_for_customers_gets_none(program, town, onboarding):
    stranger = program(town.sun)
    assert stranger.get("onboardings").json()["items"] == []
    assert stranger.get(f"onboardings/{onboarding.pk}").status_code == 404


def test_called_off_nobody_owes_the_tasks(as_sun, met, lin):
    call_off(met.onboarding, reason="unfit", by=lin, at=now())
    assert not as_sun.get("/").context["desk"].today


def test_a_thousand_rows_of_tasks_are_not_drawn(onboarding, town, as_lin):
    rows = {"tasks-TOTAL_FORMS": "1000", "tasks-INITIAL_FORMS": "0", "people": [town.lin.pk, town.sun.pk]}
    answer = deed(as_lin, onboarding, "meetings", **rows)
    assert answer.status_code == 422
    assert answer.content.decode().count('-due_on"') < 100
