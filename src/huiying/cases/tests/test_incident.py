"""A group incident from the suspicion to the last customer who is content (SPEC C12)."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.utils.timezone import now

from huiying.cases.actions import (
    Caller,
    IncidentDraft,
    call_off,
    declare,
    dismiss,
    end,
    form_team,
    join,
    leave,
    publish,
    recuse,
    refuse_candidate,
    tell_by_phone,
    verify,
)
from huiying.cases.actions.statement import tell_members
from huiying.cases.models import Candidate, Case, Incident, Membership, Suspicion
from huiying.cases.queries.incidents import history_of
from huiying.cases.tests.lodging import lodge
from huiying.channels.models import Delivery, Message
from huiying.customers.actions import obtain
from huiying.deadlines.models import Clock
from huiying.journal.actors import CLOCKWORK
from huiying.journal.models import Entry
from huiying.kit.guards import BadInput, DomainError, Refused
from huiying.notifications.models import Notice

HOUR = timedelta(hours=1)
DOOR = "云帆 BCD-520 冰箱箱门关不严，冷藏室一直结霜"


@pytest.fixture
def customers(town, monday_morning):
    """Six customers; every second one can be written to, the others called."""
    reach = [("", f"k{place}@kunde.test") if place % 2 else (f"1380000100{place}", "") for place in range(6)]
    return [obtain(f"顾客{place}", *how, by=CLOCKWORK, at=now()) for place, how in enumerate(reach)]


@pytest.fixture
def cases(town, monday_morning, customers):
    return [complaint(town, customer) for customer in customers[:4]]


@pytest.fixture
def incident(town, actor, cases):
    draft = IncidentDraft(title="BCD-520 箱门关不严", lead=town.li)
    return declare(draft, cases, by=actor(town.li), at=now())


def complaint(town, customer, description=DOOR):
    caller = Caller(customer=customer)
    return lodge(town.wang, team=town.first_team, owner=town.wang, caller=caller, description=description)


def clock_of(incident, kind):
    return Clock.objects.about(incident).get(kind=kind)


def test_declaring_gathers_the_cases_and_starts_three_clocks(incident, cases, town):
    assert incident.number == "G2026-0001"
    assert set(incident.members.values_list("case_id", flat=True)) == {case.pk for case in cases}
    allowed = dict(Clock.objects.about(incident).values_list("kind", "allowance"))
    assert allowed == {"incident_team": HOUR, "incident_answer": 4 * HOUR, "incident_verified": 24 * HOUR}
    assert incident.due_at == incident.declared_at + HOUR


def test_a_case_belongs_to_one_incident_and_not_everybody_declares(incident, cases, town, actor):
    draft = IncidentDraft(title="另一件", lead=town.li)
    with pytest.raises(DomainError, match=cases[0].number):
        declare(draft, cases[:1], by=actor(town.li), at=now())
    with pytest.raises(Refused):
        declare(draft, cases, by=actor(town.wang), at=now())
    with pytest.raises(BadInput):
        declare(draft, [], by=actor(town.li), at=now())


def test_who_may_not_work_on_cases_leads_no_incident(cases, town, actor):
    role = town.lin.role
    role.powers = [power for power in role.powers if power != "cases.work"]
    role.save()
    town.lin.refresh_from_db()
    with pytest.raises(BadInput):
        declare(IncidentDraft(title="箱门", lead=town.lin), cases, by=actor(town.li), at=now())


def test_the_team_meets_the_first_clock_and_is_told(incident, town, actor, perform_duties):
    form_team(incident, [town.sun, town.wang], by=actor(town.li), at=now())
    perform_duties()
    assert clock_of(incident, "incident_team").state == Clock.State.MET
    assert Notice.objects.filter(entry__verb="incident_team_formed").count() == 2


def test_a_missed_clock_calls_in_the_lead(incident, town, pass_time):
    pass_time(by=1.1 * HOUR)
    assert Notice.objects.filter(user=town.li, entry__verb="clock_missed", headline__contains="G2026").exists()


def test_one_answer_reaches_all_by_mail_and_names_whom_to_call(incident, town, actor, settings):
    settings.EMAIL_URL = "smtp://127.0.0.1:1"
    publish(incident, "我们已停售该批次，今天 18 点前逐一联系您。", by=actor(town.li), at=now())
    assert tell_members(now()) == 4
    assert tell_members(now()) == 0
    assert Delivery.objects.filter(recipient__endswith="@kunde.test").count() == 2
    assert clock_of(incident, "incident_answer").state == Clock.State.MET
    left = incident.members.exclude(not_told="")
    assert [one.told for one in left] == [1, 1]
    tell_by_phone(left[0], by=actor(town.wang), at=now())
    assert incident.members.exclude(not_told="").count() == 1
    assert Message.objects.filter(channel="phone", direction="out").count() == 1


def test_who_joins_late_gets_the_statement_that_holds(incident, town, actor, customers, settings):
    settings.EMAIL_URL = "smtp://127.0.0.1:1"
    publish(incident, "第一次答复", by=actor(town.li), at=now())
    publish(incident, "第二次答复：可免费更换门封条", by=actor(town.li), at=now())
    tell_members(now())
    assert join(incident, [complaint(town, customers[5])], by=actor(town.wang), at=now()) == 1
    tell_members(now())
    late = Message.objects.filter(customer_id=customers[5].pk, direction="out")
    assert [message.text for message in late] == ["第二次答复：可免费更换门封条"]


def test_it_is_verified_with_the_last_content_customer_and_only_then_ends(incident, town, actor):
    members = list(incident.members.all())
    for membership in members[:3]:
        verify(membership, cured=True, remark="", by=actor(town.wang), at=now())
    verify(members[3], cured=False, remark="仍结霜", by=actor(town.wang), at=now())
    with pytest.raises(DomainError, match=members[3].case.number):
        end(incident, cause="门封条批次不良", measures="全部更换", by=actor(town.li), at=now())
    verify(members[3], cured=True, remark="已更换", by=actor(town.wang), at=now())
    assert clock_of(incident, "incident_verified").state == Clock.State.MET
    with pytest.raises(BadInput):
        end(incident, cause=" ", measures="全部更换", by=actor(town.li), at=now())
    ended = end(incident, cause="门封条批次不良", measures="全部更换", by=actor(town.li), at=now())
    assert ended.state == Incident.State.ENDED
    assert not Clock.objects.about(incident).live().exists()


def test_a_case_that_does_not_belong_leaves_and_may_join_another(incident, town, actor):
    membership = incident.members.first()
    leave(membership, by=actor(town.wang), at=now())
    with pytest.raises(DomainError):
        leave(membership, by=actor(town.wang), at=now())
    draft = IncidentDraft(title="另一件", lead=town.li)
    assert declare(draft, [membership.case], by=actor(town.li), at=now()).members.count() == 1


def test_calling_off_frees_the_cases_and_drops_the_clocks(incident, town, actor):
    call_off(incident, reason="different", remark="", by=actor(town.li), at=now())
    assert not Membership.objects.standing().exists()
    assert not Clock.objects.about(incident).live().exists()
    with pytest.raises(DomainError):
        publish(incident, "晚了", by=actor(town.li), at=now())


@pytest.fixture
def suspicion(town, cases, customers, pass_time):
    complaint(town, customers[4])
    pass_time(by=timedelta(minutes=2))  # a gap in the journal's numbers may be filled for a minute
    return Suspicion.objects.get()


def test_the_lookout_suspects_tells_the_lead_and_one_click_declares(suspicion, town, actor):
    assert (suspicion.people, suspicion.cases.count()) == (5, 5)
    assert Notice.objects.filter(user=town.li, entry__verb="incident_suspected").exists()
    assert not Notice.objects.filter(user=town.chen, entry__verb="incident_suspected").exists()
    cases = [row.case for row in suspicion.cases.all()]
    draft = IncidentDraft(title=suspicion.title, lead=town.li)
    incident = declare(draft, cases, by=actor(town.li), at=now(), suspicion=suspicion)
    suspicion.refresh_from_db()
    assert (suspicion.state, suspicion.incident) == (Suspicion.State.DECLARED, incident)
    with pytest.raises(DomainError):
        dismiss(suspicion, reason="usual", remark="", by=actor(town.li), at=now())


def test_a_new_case_of_a_declared_incident_is_proposed_to_it(suspicion, town, actor, customers, pass_time):
    cases = [row.case for row in suspicion.cases.all()]
    incident = declare(IncidentDraft(title="箱门", lead=town.li), cases, by=actor(town.li), at=now())
    late = complaint(town, customers[5], "我家 BCD-520 冰箱箱门关不严，冷藏室结霜")
    pass_time(by=timedelta(minutes=2))
    assert [one.case for one in Candidate.objects.filter(incident=incident)] == [late]
    join(incident, [late], by=actor(town.wang), at=now())
    assert not Candidate.objects.filter(refused_at=None).exists()


def test_what_was_dismissed_is_not_suggested_again_for_the_next_like_it(suspicion, town, actor, customers, pass_time):
    dismiss(suspicion, reason="usual", remark="每周都有", by=actor(town.li), at=now())
    complaint(town, customers[5])
    pass_time(by=timedelta(minutes=2))
    assert Suspicion.objects.count() == 1
    assert suspicion.cases.count() == 6


def test_a_dismissed_suspicion_comes_again_when_twice_as_many_speak(suspicion, town, actor, pass_time):
    dismiss(suspicion, reason="usual", remark="", by=actor(town.li), at=now())
    for place in range(5):
        complaint(town, obtain(f"另一位{place}", f"1390000200{place}", "", by=CLOCKWORK, at=now()))
    pass_time(by=timedelta(minutes=2))
    again = Suspicion.objects.waiting().get()
    assert (again.people, again.cases.count()) == (10, 10)


def test_a_refused_candidate_is_written_down_and_not_proposed_again(suspicion, town, actor, customers, pass_time):
    cases = [row.case for row in suspicion.cases.all()]
    incident = declare(IncidentDraft(title="箱门", lead=town.li), cases, by=actor(town.li), at=now())
    late = complaint(town, customers[5])
    pass_time(by=timedelta(minutes=2))
    refuse_candidate(incident.candidates.get(), by=actor(town.wang), at=now())
    assert Entry.objects.about(incident).get(verb="incident_candidate_refused").facts == {"number": late.number}
    assert not incident.candidates.filter(refused_at=None).exists()


def test_who_sees_none_of_its_cases_sees_no_suspicion_nor_incident(suspicion, town, actor):
    for who, seen in ((town.li, True), (town.chen, False)):
        assert Suspicion.objects.visible_to(actor(who)).exists() is seen
    cases = [row.case for row in suspicion.cases.all()]
    declare(IncidentDraft(title="箱门", lead=town.li), cases, by=actor(town.li), at=now())
    assert Incident.objects.visible_to(actor(town.wang)).exists()
    assert not Incident.objects.visible_to(actor(town.chen)).exists()


def test_lead_and_team_see_its_cases_of_other_teams_but_no_colleague_does(town, actor, customers, monday_morning):
    other = lodge(town.chen, team=town.second_team, owner=town.chen, caller=Caller(customer=customers[0]))
    own = complaint(town, customers[1])
    incident = declare(IncidentDraft(title="箱门", lead=town.li), [own, other], by=actor(town.li), at=now())
    form_team(incident, [town.sun], by=actor(town.li), at=now())
    seen = [Case.objects.visible_to(actor(who)).filter(pk=other.pk).exists() for who in (town.li, town.sun, town.wang)]
    assert seen == [True, True, False]
    call_off(incident, reason="different", remark="", by=actor(town.li), at=now())
    incident.refresh_from_db()
    assert incident.gathered().count() == 2
    assert not Case.objects.visible_to(actor(town.li)).filter(pk=other.pk).exists()


def test_a_lead_who_is_named_learns_nothing_of_that_case(incident, cases, town, actor, settings, perform_duties):
    settings.EMAIL_URL = "smtp://mail.test"
    own = cases[1]
    unhappy = incident.members.get(case=own)
    verify(unhappy, cured=False, remark="", by=actor(town.wang), at=now())
    perform_duties()
    assert Notice.objects.filter(user=town.li, entry__facts__number=own.number).exists()
    recuse(own, town.li, by=actor(town.wang), at=now())
    verify(unhappy, cured=False, remark="仍不满意", by=actor(town.wang), at=now())
    perform_duties()
    assert not Notice.objects.filter(user=town.li, entry__facts__number=own.number).exists()
    assert own.number not in str([entry.facts for entry in history_of(incident, by=actor(town.li))])
    assert own.number in str([entry.facts for entry in history_of(incident, by=actor(town.wang))])
    with pytest.raises(DomainError) as left:
        end(incident, cause="铰链", measures="更换", by=actor(town.li), at=now())
    assert own.number not in str(left.value)


def test_nobody_speaks_to_a_customer_who_complains_about_them(incident, cases, town, actor, settings):
    settings.EMAIL_URL = "smtp://mail.test"
    recuse(cases[1], town.li, by=actor(town.wang), at=now())
    publish(incident, "已找到原因", by=actor(town.li), at=now())
    tell_members(now())
    assert Delivery.objects.get().recipient == "k3@kunde.test"
    assert not Message.objects.about(cases[1]).filter(author_id=town.li.pk).exists()
    assert "别人" in incident.members.get(case=cases[1]).not_told


def test_somebody_named_twice_is_on_the_team_once(incident, town, actor):
    form_team(incident, [town.wang, town.wang], by=actor(town.li), at=now())
    assert [one.user for one in incident.people.all()] == [town.wang]
