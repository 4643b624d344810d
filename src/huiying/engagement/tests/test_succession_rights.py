"""Whose work somebody may hand over, and to whom: also where numbers are posted that no page offers."""

from __future__ import annotations

from importlib import import_module

import pytest
from django.apps import apps
from django.utils.timezone import now

from conftest import led, person
from huiying.cases.actions.recusal import recuse
from huiying.cases.models import Case
from huiying.cases.tests.lodging import lodge
from huiying.customers.models import Customer
from huiying.engagement.actions.succession import ask_to_undo
from huiying.engagement.actions.succession_work import go_on
from huiying.engagement.models import Succession
from huiying.engagement.tests.test_pool import entered, fresh
from huiying.kit.guards import Refused
from huiying.staff.models import Role, User
from huiying.staff.starter import ACCOUNT_MANAGER, SUPERVISOR

grant = import_module("huiying.staff.migrations.0006_power_over_all_work").grant


def path(leaver):
    return f"/care/handover/?who={leaver.pk}"


@pytest.fixture
def zhou(town):
    """周经理 is a colleague of 林经理's in the same team."""
    return person("zhou", "周经理", ACCOUNT_MANAGER, town.sales, town.lin.team)


@pytest.fixture
def may_hand_over():
    def may_(code):
        role = Role.objects.get(code=code)
        Role.objects.filter(pk=role.pk).update(powers=[*role.powers, "care.hand_over"])

    return may_


def test_a_leader_hands_over_for_the_people_they_lead_and_for_nobody_else(town, leaving, asked, zhou, sign_in):
    lead = led(town.lin.team, person("ma", "马主管", SUPERVISOR, town.sales, town.lin.team))
    for stranger in (town.li, town.chen, town.zhao):
        browser = sign_in(stranger)
        assert browser.get(path(town.lin)).status_code == 404
        assert browser.post(path(town.lin), asked(zhou)).status_code == 404
        assert browser.post(f"/care/handover/preview/?who={town.lin.pk}", asked(zhou)).status_code == 404
        assert town.lin.name not in browser.get("/care/handover/").content.decode()
    assert not Succession.objects.exists()
    assert sign_in(lead).post(path(town.lin), asked(zhou)).status_code == 302
    assert {fresh(one).owner for one in leaving[:2]} == {zhou}


@pytest.mark.parametrize("key", ["²", "9" * 30, "x", ""])
def test_a_number_that_is_none_leads_to_nobody_and_takes_nothing_on(leaving, asked, town, as_fang, sign_in, key):
    assert as_fang.get("/care/handover/", {"who": key}).status_code == (404 if key else 200)
    assert as_fang.post(f"/care/handover/preview/?who={key}").status_code == 404
    as_fang.post(path(town.lin), asked(town.wang))
    assert sign_in(town.wang).post("/care/handover/mine/", {"line": key}).status_code == 302
    assert not Succession.objects.get().lines.exclude(acknowledged_at=None).exists()


def test_who_heads_a_department_hands_over_for_all_below_it(town, leaving, asked, zhou, as_fang):
    below = town.sales.children.create(name="华东区")
    User.objects.filter(pk=town.lin.pk).update(department=below, team=None)
    assert as_fang.post(path(town.lin), asked(zhou)).status_code == 302


def test_ones_own_work_goes_over_only_where_that_is_allowed(town, leaving, asked, zhou, as_lin, may_hand_over):
    assert as_lin.get(path(town.lin)).status_code == 403
    may_hand_over(ACCOUNT_MANAGER)
    assert as_lin.post(path(zhou), asked(town.lin)).status_code == 404
    assert as_lin.post(path(town.lin), asked(zhou)).status_code == 302
    assert fresh(leaving[0]).owner == zhou


def test_one_customer_is_not_given_away_by_who_does_not_lead_their_account_manager(town, leaving, zhou, as_li, as_fang):
    address, said = f"/customers/{leaving[1].number}/handover/", {"to": zhou.pk, "reason": "换区域"}
    assert as_li.post(address, said, HTTP_HX_REQUEST="true").status_code == 403
    assert fresh(leaving[1]).owner == town.lin
    assert as_fang.post(address, said, HTTP_HX_REQUEST="true").status_code == 204


def test_only_who_works_here_and_on_such_things_takes_over(town, leaving, asked, zhou, as_fang):
    assert as_fang.post(path(town.lin), asked(town.sun)).status_code == 422
    refused = as_fang.post(path(town.lin), {**asked(zhou), "own-needs": town.sun.pk})
    assert "孙工" in refused.content.decode()
    User.objects.filter(pk=zhou.pk).update(is_active=False)
    assert as_fang.post(path(town.lin), asked(zhou)).status_code == 422
    assert as_fang.post(path(town.lin), asked(town.lin)).status_code == 422
    assert not Succession.objects.exists()


def test_a_case_in_which_one_is_named_is_not_handed_over_nor_shown(town, leaving, fang, asked, zhou, actor, as_fang):
    case = lodge(town.wang, owner=town.lin)
    recuse(case, fang, by=actor(town.admin), at=now())
    page = as_fang.get(path(town.lin)).content.decode()
    assert case.number not in page
    as_fang.post(path(town.lin), asked(zhou, kinds=("customers", "cases", "actions")))
    assert not Succession.objects.get().lines.filter(kind="cases").exists()
    assert Case.objects.get(pk=case.pk).owner == town.lin


def test_results_are_for_who_made_them_or_leads_the_person(town, leaving, asked, zhou, as_fang, as_li, as_admin):
    as_fang.post(path(town.lin), asked(zhou))
    made = Succession.objects.get()
    for address in (f"/care/handover/{made.pk}/", f"/care/handover/{made.pk}/progress/"):
        assert as_li.get(address).status_code == 404
        assert as_admin.get(address).status_code == 200
    assert as_li.post(f"/care/handover/{made.pk}/undoing/").status_code == 404
    assert fresh(leaving[0]).owner == zhou


def test_a_right_lost_meanwhile_ends_the_work(town, leaving, fang, asked, zhou, actor, as_fang):
    as_fang.post(path(town.lin), asked(zhou))
    made, by = Succession.objects.get(), actor(fang)
    town.sales.__class__.objects.filter(pk=town.sales.pk).update(head=None)
    with pytest.raises(Refused):
        ask_to_undo(made, by=by, at=now())
    Succession.objects.update(state="working")
    with pytest.raises(Refused):
        go_on(made, by=by, at=now())


def test_what_went_to_another_department_is_put_back_by_who_led_it(town, leaving, asked, as_fang):
    as_fang.post(path(town.lin), asked(town.wang))
    made = Succession.objects.get()
    assert as_fang.post(f"/care/handover/{made.pk}/undoing/").status_code == 302
    assert fresh(leaving[0]).owner == town.lin


def test_customers_one_may_not_see_stay(town, leaving, asked, zhou, as_fang):
    Role.objects.filter(code="head").update(customer_scope="department")
    hidden = entered("东海物产", owner=town.lin, department=town.logistics)
    Customer.objects.filter(pk=leaving[0].pk).update(department=town.sales)
    as_fang.post(path(town.lin), asked(zhou, kinds=("customers",)))
    assert fresh(hidden).owner == town.lin
    assert fresh(leaving[0]).owner == zhou


def test_who_manages_people_keeps_the_power_over_all_work(town):
    Role.objects.filter(code="clerk").update(powers=["care.hand_over"])
    Role.objects.filter(code="administrator").update(powers=["care.hand_over", "people.manage"])
    grant(apps, None)
    powers = dict(Role.objects.filter(code__in=["clerk", "administrator"]).values_list("code", "powers"))
    assert powers == {
        "clerk": ["care.hand_over"],
        "administrator": ["care.hand_over", "care.hand_over_all", "people.manage"],
    }
