"""Clocks stand still for a reason and a while, on page and interface alike (SPEC C6, contract 8)."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.utils import timezone

from huiying.cases.actions import Caller, Draft, accept, register
from huiying.cases.models import Case
from huiying.deadlines.models import Clock

from .telling import done, refused

DAY = timedelta(days=1)


@pytest.fixture
def case(town, actor) -> Case:
    draft = Draft(kind="complaint", channel="phone", description="漏水", caller=Caller(customer=town.zhang))
    by = actor(town.wang)
    return accept(register(draft, by=by, at=timezone.now()), by=by, at=timezone.now())


def asked(**changes: str) -> dict[str, str]:
    return {"reason": "testing", "follow_up_at": f"{timezone.localtime() + DAY:%Y-%m-%dT%H:%M}", **changes}


def states(case: Case) -> dict[str, str]:
    return dict(Clock.objects.about(case).live().values_list("kind", "state"))


def test_work_stands_still_but_the_customer_is_still_answered(case, as_wang):
    assert as_wang.post(f"/cases/{case.number}/pause/", asked()).status_code == 302
    assert states(case) == {"first_answer": "running", "resolve": "paused"}
    case.refresh_from_db()
    assert case.due_at == Clock.objects.about(case).get(kind="first_answer").due_at
    clock = Clock.objects.about(case).get(kind="resolve")
    why = as_wang.get(f"/cases/{case.number}/clocks/{clock.pk}/").content.decode()
    assert f"/cases/{case.number}/resumption/" in why
    assert as_wang.post(f"/cases/{case.number}/resumption/", {"go": "on"}).status_code == 302
    assert states(case) == {"first_answer": "running", "resolve": "running"}


@pytest.mark.parametrize(
    "wrong", [{"reason": "tired"}, {"reason": "policy"}, {"follow_up_at": "2026-01-01T09:00"}, {"follow_up_at": "soon"}]
)
def test_a_pause_without_good_reason_is_refused_in_the_form(case, as_wang, wrong):
    assert as_wang.post(f"/cases/{case.number}/pause/", asked(**wrong)).status_code == 422
    assert states(case)["resolve"] == "running"


def test_strangers_find_no_case_to_pause(case, as_chen):
    assert as_chen.post(f"/cases/{case.number}/pause/", asked()).status_code == 404


def test_the_interface_pauses_and_resumes(case, town, program):
    wang, address = program(town.wang), f"cases/{case.number}"
    soon = (timezone.now() + DAY).isoformat()
    done(wang.post(f"{address}/pause", {"reason": "customer", "follow_up_at": soon}))
    assert states(case)["resolve"] == "paused"
    refused(wang.post(f"{address}/pause", {"reason": "policy", "follow_up_at": soon}), 422, "reason")
    refused(wang.post(f"{address}/pause", {"reason": "customer", "follow_up_at": soon}), 409)
    done(wang.post(f"{address}/resumption", {}))
    assert states(case)["resolve"] == "running"
