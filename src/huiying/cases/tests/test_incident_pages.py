"""Group incidents on their pages and in the interface: each deed is done where it is shown."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.utils.timezone import now

from huiying.cases.actions import Caller, IncidentDraft, declare
from huiying.cases.models import Candidate, Incident, Membership, Suspicion
from huiying.cases.queries.incidents import progress_of
from huiying.cases.tests.lodging import lodge
from huiying.customers.actions import obtain
from huiying.journal.actors import CLOCKWORK

from .telling import done, refused

DOOR = "云帆 BCD-520 冰箱箱门关不严，冷藏室一直结霜"


@pytest.fixture
def cases(town, monday_morning):
    made = []
    for place in range(5):
        customer = obtain(f"顾客{place}", f"1380000100{place}", "", by=CLOCKWORK, at=now())
        caller = Caller(customer=customer)
        made.append(lodge(town.wang, team=town.first_team, owner=town.wang, caller=caller, description=DOOR))
    return made


@pytest.fixture
def incident(town, actor, cases):
    return declare(IncidentDraft(title="BCD-520 箱门", lead=town.li), cases, by=actor(town.li), at=now())


@pytest.fixture
def suspicion(cases, pass_time):
    pass_time(by=timedelta(minutes=2))
    return Suspicion.objects.get()


def post(client, address, **data):
    return client.post(address, data, headers={"HX-Request": "true"})


def test_the_lead_finds_the_suspicion_on_desk_and_list_reads_why_and_declares(suspicion, as_li, as_wang):
    assert suspicion.get_absolute_url() in as_li.get("/").text
    assert suspicion.get_absolute_url() not in as_wang.get("/").text
    assert suspicion.get_absolute_url() in as_li.get("/incidents/").text
    page = as_li.get(suspicion.get_absolute_url()).text
    assert "5" in page
    assert "箱门关不严" in page
    sheet = as_li.get(f"{suspicion.get_absolute_url()}declaration/").text
    assert sheet.count('name="case"') == 5
    answer = post(
        as_li, f"{suspicion.get_absolute_url()}declaration/", title=suspicion.title, lead=suspicion_lead(as_li)
    )
    incident = Incident.objects.get()
    assert answer["HX-Redirect"] == incident.get_absolute_url()
    assert incident.members.count() == 5


def suspicion_lead(client):
    return client.session["_auth_user_id"]


def test_a_suspicion_is_dismissed_with_a_reason(suspicion, as_li):
    assert post(as_li, f"{suspicion.get_absolute_url()}dismissal/", remark="x").status_code == 422
    post(as_li, f"{suspicion.get_absolute_url()}dismissal/", reason="usual", remark="每周都有")
    suspicion.refresh_from_db()
    assert (suspicion.state, suspicion.remark) == ("dismissed", "每周都有")
    assert "每周都有" in as_li.get(suspicion.get_absolute_url()).text


def test_an_incident_is_declared_from_ticked_cases(cases, as_li, as_wang):
    assert as_wang.get("/incidents/new/", {"case": cases[0].number}).status_code == 403
    numbers = [case.number for case in cases]
    assert as_li.get("/incidents/new/", {"case": numbers}).text.count('name="case"') == 5
    post(as_li, "/incidents/new/", case=numbers, title="箱门", lead=suspicion_lead(as_li))
    assert Incident.objects.get().members.count() == 5


def test_the_page_leads_from_team_to_answer_to_verification_to_end(incident, as_li, as_wang, town):
    address = incident.get_absolute_url()
    assert post(as_li, f"{address}team/", people=[town.wang.pk, town.sun.pk]).status_code == 204
    assert post(as_li, f"{address}statements/", text=" ").status_code == 422
    assert post(as_li, f"{address}statements/", text="今天 18 点前回电").status_code == 204
    assert "今天 18 点前回电" in as_wang.get(address).text
    for membership in incident.members.all():
        assert post(as_wang, f"{address}members/{membership.pk}/calling/").status_code == 204
        assert post(as_wang, f"{address}members/{membership.pk}/verification/", cured="yes").status_code == 204
    assert post(as_li, f"{address}ending/", cause="门封条", measures="更换").status_code == 204
    incident.refresh_from_db()
    assert incident.state == "ended"
    assert "门封条" in as_wang.get(address).text


def test_who_speaks_of_it_later_is_shown_and_joins(incident, cases, as_wang, as_li, town):
    late = lodge(town.wang, team=town.first_team, owner=town.wang, description=DOOR)
    Candidate.objects.create(incident=incident, case=late, likeness=0.8, at=now())
    assert late.number in as_wang.get(incident.get_absolute_url()).text
    post(as_wang, f"{incident.get_absolute_url()}members/", case=late.number)
    assert incident.members.count() == 6
    assert f'href="{incident.get_absolute_url()}"' in as_wang.get(late.get_absolute_url()).text
    left = incident.members.get(case=late)
    post(as_wang, f"{incident.get_absolute_url()}members/{left.pk}/leaving/")
    assert f'href="{incident.get_absolute_url()}"' not in as_wang.get(late.get_absolute_url()).text


def test_the_sheet_to_verify_says_whom_it_asks(incident, as_li):
    membership = incident.members.first()
    sheet = as_li.get(f"{incident.get_absolute_url()}members/{membership.pk}/verification/").text
    assert membership.case.customer.name in sheet
    assert membership.case.number in sheet


def test_whoever_decides_second_on_a_suspicion_reads_that_somebody_was_faster(suspicion, as_li):
    post(as_li, f"{suspicion.get_absolute_url()}dismissal/", reason="usual")
    late = post(as_li, f"{suspicion.get_absolute_url()}declaration/", title="箱门", lead=suspicion_lead(as_li))
    assert late.status_code == 422
    assert "已有同事判断过" in late.text
    assert not Incident.objects.exists()


def test_an_unknown_caller_is_not_counted_among_those_to_be_called(incident, town):
    unknown = lodge(town.wang, team=town.first_team, owner=town.wang, description=DOOR)
    before = progress_of(incident, 1).to_call
    for case in (unknown, incident.members.first().case):
        Membership.objects.update_or_create(
            incident=incident,
            case=case,
            defaults={"not_told": "…"},
            create_defaults={"not_told": "…", "joined_at": now()},
        )
    assert progress_of(incident, 1).to_call == before + 1


def test_while_a_case_is_taken_down_the_incident_and_its_answer_are_at_hand(incident, as_li, as_wang):
    post(as_li, f"{incident.get_absolute_url()}statements/", text="我们已停售该批次")
    hint = as_wang.get("/cases/new/similar/", {"description": DOOR}).text
    assert incident.number in hint
    assert "我们已停售该批次" in hint


def test_the_page_costs_the_same_for_five_cases_and_for_two(
    incident, as_li, django_assert_max_num_queries, town, actor, cases
):
    with django_assert_max_num_queries(16):
        as_li.get(incident.get_absolute_url())


def test_the_interface_tells_and_does_the_same(suspicion, town, program):
    li, wang = program(town.li), program(town.wang)
    (found,) = done(li.get("incident-suspicions"))["items"]
    assert found["people"] == 5
    made = done(li.post(f"incident-suspicions/{found['id']}/declaration", {}), 201)
    assert len(made["members"]) == 5
    address = f"incidents/{made['number']}"
    done(li.post(f"{address}/team", {"people": [town.wang.username]}))
    told = done(li.post(f"{address}/statements", {"text": "今天回电"}))
    assert told["statements"][0]["text"] == "今天回电"
    one = told["members"][0]["number"]
    verified = done(wang.post(f"{address}/members/{one}/verification", {"cured": True}))
    assert [member["cured"] for member in verified["members"]] == [True, None, None, None, None]
    refused(li.post(f"{address}/ending", {"cause": "x", "measures": "y"}), 409)
    assert program(town.chen).get(address).status_code == 404
    assert done(li.get("incidents"))["items"][0]["number"] == made["number"]
