"""Onboarding of new customers: what begins it, its clocks, what meets its steps, and how it ends (SPEC A6)."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from django.utils.dateparse import parse_datetime
from django.utils.timezone import localdate, localtime, now

from huiying.customers.actions.customer import create, obtain, revise
from huiying.customers.actions.freshness import reckon_reviews
from huiying.customers.actions.obtaining import Introduction, obtain_all
from huiying.customers.drafts import CustomerDraft
from huiying.customers.drafts import draft_of as archive_of
from huiying.deadlines.models import Clock
from huiying.engagement.actions import correct_record, record_contact
from huiying.engagement.actions.meeting import MeetingDraft, TaskDraft, do_task, note_meeting, reopen_task
from huiying.engagement.actions.meeting_correcting import correct_meeting
from huiying.engagement.actions.need import NeedDraft, add_need
from huiying.engagement.actions.needs_analysis import AnalysisDraft, analyse_needs, pass_on_need
from huiying.engagement.actions.onboarding import begin_onboarding, call_off, name_owner, take_up
from huiying.engagement.actions.onboarding_rule import revise_rule
from huiying.engagement.drafts import InteractionDraft, draft_of
from huiying.engagement.lifecycle import Stage
from huiying.engagement.models import CallingOff, Interaction, MeetingTask, Onboarding, Origin
from huiying.engagement.onboarding_lifecycle import IllegalMove, Status
from huiying.journal.models import Duty, Entry
from huiying.kit.guards import BadInput, DomainError, Refused
from huiying.notifications.models import Notice

WANTED = "三家新店要二十台净水器，四月底前装好，想先看样机"
TOLD = "张敏说三家店四月开业，要先看样机，约了下周二"
VISITED = "到店看了水压和电源，张敏确认装在后厨，下周出图纸"


@pytest.fixture
def enter(town, actor, perform_duties):
    """Enter a customer by hand, as 林经理 does, and let what follows happen."""

    def enter_(name="蓝湾酒店", *, by=None, **facts):
        someone = by or town.lin
        made = create(CustomerDraft(name=name, **{"owner": someone, **facts}), by=actor(someone), at=now())
        perform_duties()
        return made

    return enter_


@pytest.fixture
def onboarding(enter):
    return enter().onboardings.get()


@pytest.fixture
def lin(town, actor):
    return actor(town.lin)


@pytest.fixture
def speak(lin):
    def speak_(customer, content=TOLD, *, means="phone", at=None):
        return record_contact(
            customer, InteractionDraft(means=means, at=at or now(), content=content), by=lin, at=now()
        )

    return speak_


def open_steps(onboarding):
    return set(onboarding.steps.filter(met_at=None).values_list("step", flat=True))


def due(onboarding, step):
    clock = Clock.objects.about(onboarding).running().get(kind=f"onboarding_{step}")
    return f"{localtime(clock.due_at):%m-%d %H:%M}"


def analyse(onboarding, by, **found):
    facts = {"type": "purchase", "priority": "high", "wanted": WANTED, **found}
    return analyse_needs(onboarding, AnalysisDraft(**facts), by=by, at=now())


def meeting(town, **facts):
    tasks = [TaskDraft(what="出安装图纸", owner=town.sun, due_on=localdate() + timedelta(days=2))]
    decided = "物流部负责送装，销售部三天内给样机报价"
    draft = {"held_at": now(), "people": [town.lin, town.sun], "decisions": decided, "tasks": tasks}
    return MeetingDraft(**{**draft, **facts})


def test_who_is_entered_by_hand_begins_with_every_step_and_its_clock(onboarding, town):
    assert (onboarding.owner, onboarding.trigger, onboarding.status) == (town.lin, "entered", "running")
    assert open_steps(onboarding) == {"analysis", "follow_up", "visit"}
    assert [due(onboarding, one) for one in ("analysis", "follow_up", "visit")] == [
        "03-03 10:30",
        "03-03 10:00",
        "03-05 10:00",
    ]
    assert f"{localtime(onboarding.due_at):%m-%d %H:%M}" == "03-03 10:00"
    assert Notice.objects.filter(user=town.lin, entry__verb="onboarding_begun").exists()


@pytest.mark.parametrize(
    ("begun", "follow_up", "visit"),
    [
        ("2026-03-06T16:00:00+08:00", "03-07 16:00", "03-11 16:00"),  # 24 h run through the weekend
        ("2026-09-30T15:00:00+08:00", "10-01 15:00", "10-10 15:00"),  # National Day: 1–7 October off, the 10th worked
    ],
)
def test_clocks_are_right_over_weekends_and_holidays(pass_time, town, lin, begun, follow_up, visit):
    pass_time(to=parse_datetime(begun))
    onboarding = begin_onboarding(town.zhang, by=lin, at=now())
    assert (due(onboarding, "follow_up"), due(onboarding, "visit")) == (follow_up, visit)


def test_what_is_missed_calls_the_owner_and_who_leads(onboarding, town, pass_time):
    town.lin.team.lead = town.zhao
    town.lin.team.save()
    pass_time(by=timedelta(hours=20))
    warned = Notice.objects.filter(entry__verb="clock_warned", user=town.lin)
    assert "蓝湾酒店" in warned.first().headline
    pass_time(by=timedelta(hours=5))
    assert Notice.objects.filter(entry__verb="clock_missed", user=town.zhao).exists()
    assert Onboarding.objects.overdue(now()).get() == onboarding


def test_neither_intake_nor_the_lost_begin_one_unless_the_rule_says_so(enter, town, actor, perform_duties):
    caller = obtain("王先生", "13900001111", "", by=actor(town.wang), at=now())
    enter("走了的", status="lost")
    perform_duties()
    assert not Onboarding.objects.exists()
    revise_rule({"doors": ["intake"], "kinds": ["person"]}, by=actor(town.admin), at=now())
    other = obtain("李先生", "13900002222", "", by=actor(town.wang), at=now())
    enter("手工登记")
    perform_duties()
    assert [one.customer for one in Onboarding.objects.all()] == [other]
    assert caller.onboardings.count() == 0


def test_a_list_leaves_no_duty_behind_unless_the_rule_says_so(town, actor, perform_duties):
    someone = Introduction(name="王先生", phone="13900003333")
    obtain_all([someone], by=actor(town.li), at=now())
    assert not Duty.objects.exists()
    revise_rule({"doors": ["list"]}, by=actor(town.admin), at=now())
    obtain_all([Introduction(name="李先生", phone="13900004444")], by=actor(town.li), at=now())
    perform_duties()
    assert [one.customer.name for one in Onboarding.objects.all()] == ["李先生"]


def test_one_customer_has_one_under_way(onboarding, lin):
    with pytest.raises(DomainError):
        begin_onboarding(onboarding.customer, by=lin, at=now())
    call_off(onboarding, reason="unfit", by=lin, at=now())
    assert begin_onboarding(onboarding.customer, by=lin, at=now()).is_running


def test_a_recorded_contact_meets_the_follow_up_a_visit_both(onboarding, speak, pass_time, town):
    pass_time(by=timedelta(hours=2))
    with pytest.raises(BadInput):
        speak(onboarding.customer, "已沟通，跟进中")
    assert "follow_up" in open_steps(onboarding)
    speak(onboarding.customer)
    assert open_steps(onboarding) == {"analysis", "visit"}
    speak(onboarding.customer, VISITED, means="visit")
    assert open_steps(onboarding) == {"analysis"}
    visit = onboarding.steps.get(step="visit")
    assert (visit.met_at, visit.met_by) == (visit.interaction.at, town.lin)


def test_what_was_said_before_it_began_counts_for_nothing(onboarding, speak):
    speak(onboarding.customer, at=now() - timedelta(hours=3))
    assert "follow_up" in open_steps(onboarding)


def test_a_contact_noted_late_counts_from_when_it_took_place(onboarding, speak, pass_time):
    pass_time(by=timedelta(hours=26))
    speak(onboarding.customer, at=now() - timedelta(hours=4))
    clock = Clock.objects.about(onboarding).get(kind="onboarding_follow_up")
    assert (clock.state, clock.ended_at) == ("met", Interaction.objects.get().at)


def test_a_corrected_record_opens_the_step_again(onboarding, speak, lin):
    speak(onboarding.customer, VISITED, means="visit")
    analyse(onboarding, lin)
    assert Onboarding.objects.get().status == Status.COMPLETED
    record = Interaction.objects.get()
    before = due_of_visit(onboarding)
    draft = draft_of(record)
    correct_record(record, InteractionDraft(**{**draft.__dict__, "means": "phone"}), by=lin, at=now())
    onboarding.refresh_from_db()
    assert (onboarding.status, open_steps(onboarding)) == (Status.RUNNING, {"visit"})
    assert due_of_visit(onboarding) == before == onboarding.due_at


def due_of_visit(onboarding):
    return Clock.objects.about(onboarding).get(kind="onboarding_visit").due_at


def test_a_complex_need_asks_for_a_meeting_a_simple_one_no_longer(onboarding, lin):
    analyse(onboarding, lin, is_complex=True)
    assert "meeting" in open_steps(onboarding)
    assert due(onboarding, "meeting") == "03-09 10:00"
    analyse(onboarding, lin)
    assert "meeting" not in open_steps(onboarding)
    assert not Clock.objects.about(onboarding).live().filter(kind="onboarding_meeting").exists()
    assert [one.version for one in onboarding.analyses.all()] == [2, 1]


def test_a_hollow_analysis_is_refused(onboarding, lin):
    with pytest.raises(BadInput):
        analyse(onboarding, lin, wanted="待跟进")
    assert "analysis" in open_steps(onboarding)


def test_the_meeting_gives_out_tasks_that_are_owed_and_ticked_off(onboarding, town, lin, actor, speak, perform_duties):
    analyse(onboarding, lin, is_complex=True)
    speak(onboarding.customer, VISITED, means="visit")
    note_meeting(onboarding, meeting(town), by=lin, at=now())
    perform_duties()
    onboarding.refresh_from_db()
    task = MeetingTask.objects.get()
    assert (onboarding.status, onboarding.due_at) == (Status.COMPLETED, None)
    assert Notice.objects.filter(user=town.sun, entry__verb="onboarding_meeting_held").exists()
    assert Clock.objects.about(onboarding).live().get().due_at == parse_datetime("2026-03-04T18:00:00+08:00")
    with pytest.raises(Refused):
        do_task(task, by=actor(town.wang), at=now())
    do_task(task, outcome="图纸已发", by=actor(town.sun), at=now())
    assert not Clock.objects.about(onboarding).live().exists()
    reopen_task(task, by=actor(town.sun), at=now())
    assert Clock.objects.about(onboarding).live().get().part_id == task.pk


@pytest.mark.parametrize(
    ("fault", "field"),
    [
        ({"tasks": []}, "tasks"),
        ({"decisions": "已沟通"}, "decisions"),
        ({"people": []}, "people"),
    ],
)
def test_a_meeting_that_says_nothing_is_refused(onboarding, town, lin, fault, field):
    with pytest.raises(BadInput) as refusal:
        note_meeting(onboarding, meeting(town, **fault), by=lin, at=now())
    assert refusal.value.field == field


def test_a_meeting_of_one_department_is_none(onboarding, town, lin):
    with pytest.raises(BadInput):
        note_meeting(onboarding, meeting(town, people=[town.lin]), by=lin, at=now())
    note_meeting(onboarding, meeting(town, people=[town.lin], departments=[town.support]), by=lin, at=now())


def test_called_off_by_mistake_it_is_taken_up_with_the_deadlines_it_had(onboarding, lin, pass_time, speak):
    before = due(onboarding, "visit")
    call_off(onboarding, reason="mistaken", by=lin, at=now())
    assert not Clock.objects.about(onboarding).live().exists()
    pass_time(by=timedelta(hours=1))
    speak(onboarding.customer)
    onboarding.refresh_from_db()
    take_up(onboarding, by=lin, at=now())
    assert (due(onboarding, "visit"), open_steps(onboarding)) == (before, {"analysis", "visit"})
    assert CallingOff.objects.get().reason == "mistaken"
    with pytest.raises(IllegalMove):
        take_up(onboarding, by=lin, at=now())


def test_nobodys_customer_is_taken_on_by_one_and_given_out_by_who_leads(enter, town, actor, lin):
    onboarding = enter("无主的", owner=None, by=town.wang).onboardings.get()
    assert "owner" in open_steps(onboarding)
    with pytest.raises(Refused):
        name_owner(onboarding, to=town.lin, by=actor(town.wang), at=now())
    name_owner(onboarding, to=town.wang, by=actor(town.wang), at=now())
    onboarding.refresh_from_db()
    assert (onboarding.owner, onboarding.customer.owner) == (town.wang, town.wang)
    assert "owner" not in open_steps(onboarding)
    name_owner(onboarding, to=town.lin, by=actor(town.li), at=now())
    assert set(Clock.objects.about(onboarding).live().values_list("owner", flat=True)) == {town.lin.pk}


def test_who_gets_the_customer_gets_the_onboarding_that_waits_for_an_owner(enter, town, perform_duties, actor):
    customer = enter("无主的", owner=None, by=town.wang)

    customer.refresh_from_db()
    draft = CustomerDraft(**{**archive_of(customer).__dict__, "owner": town.wang})
    revise(customer, draft, version=customer.version, by=actor(town.li), at=now())
    perform_duties()
    assert customer.onboardings.get().owner == town.wang


def test_what_was_found_goes_into_the_needs_and_stays_linked(onboarding, lin):
    analyse(onboarding, lin)
    need = pass_on_need(onboarding, NeedDraft(title="二十台净水器"), by=lin, at=now())
    need.refresh_from_db()
    assert (need.stage, need.origin, need.onboarding) == (Stage.CONFIRMED, Origin.ANALYSIS, onboarding)


def test_who_does_not_care_for_customers_may_do_nothing(onboarding, town, actor):
    for deed in (
        lambda by: analyse(onboarding, by),
        lambda by: note_meeting(onboarding, meeting(town), by=by, at=now()),
        lambda by: call_off(onboarding, reason="unfit", by=by, at=now()),
        lambda by: name_owner(onboarding, to=town.li, by=by, at=now()),
        lambda by: begin_onboarding(town.zhang, by=by, at=now()),
    ):
        with pytest.raises(Refused):
            deed(actor(town.sun))


def test_while_it_runs_the_archive_is_looked_through_each_month(onboarding, lin, perform_duties, as_lin):
    reviewed = review_of(onboarding.customer)
    assert reviewed == date(2026, 4, 2)
    assert "新客户跟进中" in as_lin.get(onboarding.customer.get_absolute_url()).content.decode()
    call_off(onboarding, reason="unfit", by=lin, at=now())
    perform_duties()
    assert review_of(onboarding.customer) == date(2026, 9, 2)
    add_need(onboarding.customer, NeedDraft(title="二十台净水器"), by=lin, at=now())
    perform_duties()
    assert review_of(onboarding.customer) == date(2026, 4, 2)


def review_of(customer):
    reckon_reviews(now())
    customer.refresh_from_db()
    return customer.review_due_on


def test_the_record_of_a_meeting_is_corrected_and_how_it_read_before_is_kept(onboarding, town, lin):
    met = note_meeting(onboarding, meeting(town), by=lin, at=now())
    with pytest.raises(BadInput):
        correct_meeting(met, meeting(town, decisions="待跟进"), by=lin, at=now())
    said = "物流部四月底前分两批送装，销售部周五前给样机报价"
    later = TaskDraft(what="给样机报价", owner=town.lin, due_on=localdate() + timedelta(days=1))
    people = [town.lin, town.sun, town.zhao]
    correct_meeting(met, meeting(town, decisions=said, people=people, tasks=[later]), by=lin, at=now())
    met.refresh_from_db()
    assert (met.decisions, set(met.people.all())) == (said, set(people))
    former = met.former.get()
    assert "物流部负责送装" in former.decisions
    assert town.zhao.name not in former.people
    assert set(met.tasks.values_list("what", flat=True)) == {"出安装图纸", "给样机报价"}
    assert Clock.objects.about(onboarding).live().filter(kind="onboarding_task").count() == 2
    assert Entry.objects.filter(verb="onboarding_meeting_corrected").exists()


def test_once_called_off_a_meeting_gives_out_no_more_tasks_but_its_words_may_be_mended(onboarding, town, lin):
    met = note_meeting(onboarding, meeting(town), by=lin, at=now())
    call_off(onboarding, reason="unfit", by=lin, at=now())
    with pytest.raises(DomainError):
        correct_meeting(met, meeting(town), by=lin, at=now())
    assert not met.former.exists()
    said = "物流部负责送装，样机由销售部借出，本月归还"
    assert correct_meeting(met, meeting(town, decisions=said, tasks=[]), by=lin, at=now()).decisions == said
    assert not Clock.objects.about(onboarding).running().exists()


def test_nobody_corrects_a_meeting_without_working_on_the_onboarding(onboarding, town, lin, actor):
    met = note_meeting(onboarding, meeting(town), by=lin, at=now())
    with pytest.raises(Refused):
        correct_meeting(met, meeting(town), by=actor(town.sun), at=now())
