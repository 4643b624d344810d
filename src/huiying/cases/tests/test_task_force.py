"""A task force for very complex cases: formed, with a first plan in two hours, disbanded (SPEC C5, C6)."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.utils.timezone import now

from huiying.cases.actions import (
    ActionDraft,
    Caller,
    PlanDraft,
    TaskForceDraft,
    accept,
    close_task_force,
    form_task_force,
    plan_task_force,
    recuse,
)
from huiying.cases.live.scene import scenes
from huiying.cases.models import ActionItem, Case, Category, TaskForce
from huiying.cases.tests.lodging import lodge
from huiying.cases.tests.test_desk import lines
from huiying.deadlines.models import Clock
from huiying.kit.guards import BadInput, DomainError, Refused
from huiying.notifications.models import Notice

from .telling import done, refused

HOUR = timedelta(hours=1)
EN = {"Accept-Language": "en"}


@pytest.fixture
def case(town, actor):
    bug = Category.objects.get(code="quality-performance-software")
    parts = {"caller": Caller(customer=town.zhang), "level": "complex", "category": bug}
    lodged = lodge(town.wang, team=town.first_team, owner=town.wang, **parts)
    return accept(lodged, by=actor(town.wang), at=lodged.received_at)


def draft(town, **parts):
    known = {"lead": town.chen, "members": [town.sun, town.wang], "purpose": "48 小时内让所有冰箱恢复联网"}
    return TaskForceDraft(**{**known, **parts})


@pytest.fixture
def force(case, town, actor):
    return form_task_force(case, draft(town), by=actor(town.li), at=case.received_at)


def clock_of(case):
    return Clock.objects.about(case).filter(kind="task_force_plan").latest("id")


def test_its_lead_owes_a_first_plan_in_two_hours(case, force, town, actor):
    clock = clock_of(case)
    assert (clock.owner, clock.due_at) == (town.chen, case.received_at + 2 * HOUR)
    plan_task_force(force, PlanDraft(text="先回滚固件"), by=actor(town.sun), at=case.received_at + HOUR)
    assert clock_of(case).state == Clock.State.MET


def test_who_misses_it_is_called_and_so_is_who_stands_above(case, force, town, pass_time):
    pass_time(to=case.received_at + 3 * HOUR + timedelta(minutes=1))
    told = Notice.objects.filter(entry__verb="clock_missed", entry__facts__kind="task_force_plan")
    assert {notice.user for notice in told} == {town.chen}  # she leads her own team


def test_members_are_told_and_see_and_work_on_it_until_it_is_disbanded(
    case, force, town, actor, as_sun, perform_duties
):
    perform_duties()
    assert Notice.objects.filter(user=town.sun, entry__verb="task_force_formed").exists()
    assert as_sun.get(f"/cases/{case.number}/").status_code == 200
    assert as_sun.post(f"/cases/{case.number}/notes/", {"text": "日志已拿到"}).status_code == 302
    [scene] = scenes({case.pk})
    assert scene.concerns(actor(town.sun))
    close_task_force(force, "已全部恢复", by=actor(town.chen), at=now())
    assert as_sun.get(f"/cases/{case.number}/").status_code == 404


def test_it_stands_on_the_desks_of_its_members(case, force, town, as_sun, as_chen, as_wang):
    assert ("Task force", case.subject) in lines(as_sun)
    assert ("Task force's first plan", case.subject) in lines(as_chen)
    assert ("Task force", case.subject) not in lines(as_wang)  # she owns the case and has its other lines


def test_the_plan_agrees_who_does_what(case, force, town, actor):
    due = now() + 6 * HOUR
    steps = [
        ActionDraft(title="回滚固件", department=town.support, due_at=due),
        ActionDraft(title="盘点受影响批次", department=town.logistics, owner=town.sun, due_at=due),
    ]
    plan_task_force(force, PlanDraft(text="先回滚，再补偿", actions=steps), by=actor(town.chen), at=now())
    assert [item.title for item in ActionItem.objects.filter(case=case)] == ["回滚固件", "盘点受影响批次"]
    case.refresh_from_db()
    assert case.stage == "investigating"


def test_several_departments_nobody_who_is_named_and_one_at_a_time(case, town, actor):
    by = actor(town.li)
    for wrong in ({"members": [town.wang]}, {"purpose": " "}):
        with pytest.raises(BadInput):
            form_task_force(case, draft(town, **wrong), by=by, at=now())
    recuse(case, town.sun, by=by, at=now())
    with pytest.raises(BadInput):
        form_task_force(case, draft(town), by=by, at=now())
    force = form_task_force(case, draft(town, members=[town.lin]), by=by, at=now())
    with pytest.raises(DomainError):
        form_task_force(case, draft(town, members=[town.lin]), by=by, at=now())
    close_task_force(force, "换一批人", by=by, at=now())
    form_task_force(case, draft(town, members=[town.lin]), by=by, at=now())
    assert clock_of(case).round == 2


def test_who_may_do_what(case, force, town, actor):
    with pytest.raises(Refused):
        plan_task_force(force, PlanDraft(text="x"), by=actor(town.lin), at=now())
    with pytest.raises(Refused):
        close_task_force(force, "x", by=actor(town.sun), at=now())
    new = lodge(town.wang, team=town.first_team, owner=town.wang)
    with pytest.raises(Refused):
        form_task_force(new, draft(town), by=actor(town.li), at=now())
    assert form_task_force(accept(new, by=actor(town.wang), at=now()), draft(town), by=actor(town.wang), at=now())


def test_the_page_proposes_one_for_complex_cases_of_such_causes(case, town, as_wang, actor):
    hint = "best solved by several departments together"
    place = f"/cases/{case.number}/"
    assert hint in as_wang.get(place, headers=EN).content.decode()
    Case.objects.filter(pk=case.pk).update(level="general")
    assert hint not in as_wang.get(place, headers=EN).content.decode()
    Case.objects.filter(pk=case.pk).update(level="major", category=None)
    assert hint not in as_wang.get(place, headers=EN).content.decode()


def test_it_is_done_on_the_page(case, town, as_wang, as_chen):
    place = f"/cases/{case.number}/task-force/"
    sent = {"purpose": "恢复联网", "lead": town.chen.pk, "members": [town.sun.pk, town.wang.pk]}
    assert as_wang.get(place).status_code == 200
    assert as_wang.post(place, {**sent, "members": [town.wang.pk]}).status_code == 422
    assert as_wang.post(place, sent).status_code == 302
    rows = {"actions-TOTAL_FORMS": 3, "actions-INITIAL_FORMS": 0}
    wrong = {**rows, "text": "先回滚", "actions-0-title": "回滚"}
    assert as_chen.post(f"{place}plan/", wrong).status_code == 422
    right = {**wrong, "actions-0-department": town.support.pk, "actions-0-due_at": "2026-03-03T18:00"}
    assert as_chen.post(f"{place}plan/", right).status_code == 302
    page = as_chen.get(f"/cases/{case.number}/").content.decode()
    for words in ("恢复联网", "先回滚", town.sun.name, f"{place}closing/"):
        assert words in page
    assert as_chen.post(f"{place}closing/", {"result": "都好了"}).status_code == 302
    assert TaskForce.objects.get().result == "都好了"


def test_a_program_can_do_it_too(case, town, program):
    li, chen = program(town.li), program(town.chen)
    asked = {"lead": "chenjing", "members": ["sungong"], "purpose": "恢复联网"}
    refused(li.post(f"cases/{case.number}/task-force", {**asked, "members": ["wangfang"]}), 422, "members")
    assert len(done(li.post(f"cases/{case.number}/task-force", asked), 201)["members"]) == 2
    step = {"title": "回滚", "department": "技术支持部", "due_at": "2026-03-03T18:00:00+08:00"}
    planned = done(chen.post(f"cases/{case.number}/task-force/plan", {"text": "先回滚", "actions": [step]}))
    assert [item["title"] for item in planned["actions"]] == ["回滚"]
    assert done(li.get(f"cases/{case.number}"))["task_force"]["plan"] == "先回滚"
    assert done(chen.post(f"cases/{case.number}/task-force/closing", {"result": "好了"}))["closed_at"]
    refused(chen.post(f"cases/{case.number}/task-force/closing", {"result": "好了"}), 404)
