"""Onboardings of a customer who is entered twice, and of one whose work is handed over."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.utils.timezone import localdate, now

from huiying.customers.actions.customer import create
from huiying.customers.actions.merging import merge, undo_merge
from huiying.customers.drafts import CustomerDraft
from huiying.deadlines.models import Clock
from huiying.engagement.actions.meeting import MeetingDraft, TaskDraft, note_meeting
from huiying.engagement.actions.onboarding import begin_onboarding
from huiying.engagement.belongings import belonging
from huiying.engagement.in_use import used
from huiying.engagement.models import MeetingTask, Onboarding
from huiying.engagement.onboarding_lifecycle import Status
from huiying.journal.actors import CLOCKWORK


@pytest.fixture
def li(town, actor):
    return actor(town.li)


@pytest.fixture
def double(town, li, perform_duties):
    """张敏 entered a second time, whose onboarding has begun."""
    made = create(CustomerDraft(name="张敏敏", owner=town.li), by=li, at=now())
    perform_duties()
    return made


def merged(double, town, li, perform_duties):
    made = merge(double, into=town.zhang, take=(), reason="", by=li, at=now())
    perform_duties()
    return made


def statuses():
    return {one.customer.name: one.status for one in Onboarding.objects.select_related("customer")}


def test_it_moves_to_the_entry_that_stays_and_back(double, town, li, perform_duties):
    made = merged(double, town, li, perform_duties)
    onboarding = Onboarding.objects.get()
    clocks = Clock.objects.about(onboarding).live()
    assert (onboarding.customer, onboarding.status) == (town.zhang, Status.RUNNING)
    assert set(clocks.values_list("customer_id", flat=True)) == {town.zhang.pk}
    undo_merge(made, by=li, at=now())
    perform_duties()
    assert statuses() == {"张敏敏": "running"}
    assert set(clocks.values_list("customer_id", flat=True)) == {double.pk}


def test_of_two_the_one_that_stays_goes_on_and_parting_brings_the_other_back(double, town, li, perform_duties):
    begin_onboarding(town.zhang, by=li, at=now())
    before = due(double)
    made = merged(double, town, li, perform_duties)
    assert statuses() == {"张敏敏": "called_off", "张敏": "running"}
    assert not due(double)
    undo_merge(made, by=li, at=now())
    perform_duties()
    assert statuses() == {"张敏敏": "running", "张敏": "running"}
    assert due(double) == before


def due(customer):
    clocks = Clock.objects.about(customer.onboardings.get()).live().order_by("kind")
    return list(clocks.values_list("kind", "due_at"))


def test_a_customer_who_is_being_onboarded_stays_out_of_the_pool(double):
    assert set(used([double.pk], by=CLOCKWORK)) == {double.pk}


def test_onboardings_and_tasks_go_to_the_successor_with_their_clocks(double, town, li):
    onboarding = double.onboardings.get()
    task = TaskDraft(what="出安装图纸", owner=town.li, due_on=localdate() + timedelta(days=2))
    decided = "物流部负责送装，客服部三天内给样机报价"
    draft = MeetingDraft(held_at=now(), people=[town.li, town.sun], decisions=decided, tasks=[task])
    note_meeting(onboarding, draft, by=li, at=now())
    for code in ("onboardings", "tasks"):
        kind = belonging(code)
        (row,) = kind.seen_of(town.li.pk, by=li)
        kind.give(row, to=town.wang, by=li, at=now(), reason="调岗")
    assert (Onboarding.objects.get().owner, MeetingTask.objects.get().owner) == (town.wang, town.wang)
    assert set(Clock.objects.about(onboarding).live().values_list("owner", flat=True)) == {town.wang.pk}
