from __future__ import annotations

from uuid import uuid4

import pytest
from django.apps import apps
from django.utils.timezone import now

from huiying.cases import actions as cases
from huiying.cases.tests.lodging import lodge
from huiying.customers.models import Customer, Tier
from huiying.engagement.actions.need import NeedDraft, add_need
from huiying.engagement.belongings import belongings
from huiying.engagement.models import Interaction, Need, Succession
from huiying.engagement.tests.test_pool import entered, fresh
from huiying.staff.models import User
from huiying.wiring import STAYS_WITH_OWNER


@pytest.fixture
def leaving(town, actor):
    """林经理 looks after 张敏, a VIP, and two more, with a need and an open case."""
    vip = entered("恒通集团", owner=town.lin, tier=Tier.VIP, special_requirements="只在上午联系")
    other = entered("北岸设计", owner=town.lin)
    Interaction.objects.create(customer=vip, at=now(), content="谈了续约", next_step="寄合同", owner=town.lin)
    add_need(vip, NeedDraft(title="扩容"), by=actor(town.lin), at=now())
    case = lodge(town.wang, team=town.first_team, caller=cases.Caller(customer=vip))
    return vip, other, case


@pytest.fixture
def asked(town):
    def asked_(*people, kinds=("customers", "needs"), **more):
        return {"key": uuid4(), "kinds": kinds, "successors": [one.pk for one in people], "reason": "离职", **more}

    return asked_


def path(person):
    return f"/care/handover/?who={person.pk}"


def test_every_row_that_names_an_owner_follows_or_is_said_to_stay():
    follows = {one.label for one in belongings()}
    owned = {
        f"{model._meta.label_lower}.{field.name}"
        for model in apps.get_models()
        for field in model._meta.concrete_fields
        if field.related_model is User and field.name == "owner"
    }
    assert owned == follows | set(STAYS_WITH_OWNER)
    assert not follows & set(STAYS_WITH_OWNER)


def test_everything_goes_to_one_successor_and_is_undone_where_nothing_changed(town, leaving, asked, as_zhao):
    vip, other, _case = leaving
    assert "恒通集团" in as_zhao.get(path(town.lin)).content.decode()
    assert as_zhao.post(path(town.lin), asked(town.wang)).status_code == 302
    made = Succession.objects.get()
    assert (made.state, made.counts()["given"]) == ("done", 4)
    assert {fresh(one).owner for one in (vip, other, town.zhang)} == {town.wang}
    assert Need.objects.get().owner == town.wang
    Customer.objects.filter(pk=other.pk).update(remarks="已谈妥")
    assert as_zhao.post(f"/care/handover/{made.pk}/undoing/").status_code == 302
    assert fresh(vip).owner == town.lin
    assert fresh(other).owner == town.wang
    assert as_zhao.post(f"/care/handover/{made.pk}/undoing/").status_code == 409


def test_a_customer_and_all_about_them_go_to_the_same_of_several(town, leaving, asked, as_zhao):
    seen = as_zhao.post("/care/handover/preview/" + f"?who={town.lin.pk}", asked(town.wang, town.li)).context["seen"]
    assert sorted(len(words) for _person, words in seen) == [1, 2]
    as_zhao.post(path(town.lin), asked(town.wang, town.li))
    owners = list(Customer.objects.order_by("id").values_list("owner__username", flat=True))
    assert sorted(owners) == ["liqiang", "wangfang", "wangfang"] or sorted(owners) == ["liqiang", "liqiang", "wangfang"]
    assert Need.objects.get().owner_id == fresh(leaving[0]).owner_id


def test_the_same_form_sent_twice_is_one_batch(town, leaving, asked, as_zhao):
    said = asked(town.wang)
    as_zhao.post(path(town.lin), said)
    as_zhao.post(path(town.lin), said)
    assert Succession.objects.count() == 1


def test_what_is_missing_is_said_and_nothing_moves(town, leaving, asked, as_zhao, as_lin):
    assert as_zhao.post(path(town.lin), {**asked(town.wang), "reason": ""}).status_code == 422
    assert as_zhao.post(path(town.lin), asked()).status_code == 422
    assert as_lin.get(path(town.lin)).status_code == 403
    assert not Succession.objects.exists()


def test_the_successor_reads_a_note_and_acknowledges(town, leaving, asked, as_zhao, sign_in):
    as_zhao.post(path(town.lin), asked(town.wang))
    as_wang = sign_in(town.wang)
    page = as_wang.get("/care/handover/mine/").content.decode()
    assert all(words in page for words in ("恒通集团", "只在上午联系", "寄合同", "扩容"))
    lines = Succession.objects.get().lines.values_list("pk", flat=True)
    as_wang.post("/care/handover/mine/", {"line": list(lines)})
    assert "恒通集团" not in as_wang.get("/care/handover/mine/").content.decode()


def test_one_customer_is_handed_over_from_their_page(town, leaving, as_lin, as_chen):
    address = f"/customers/{leaving[1].number}/handover/"
    assert as_lin.post(address, {"to": town.wang.pk, "reason": ""}, HTTP_HX_REQUEST="true").status_code == 422
    answer = as_lin.post(address, {"to": town.wang.pk, "reason": "换区域"}, HTTP_HX_REQUEST="true")
    assert answer.status_code == 204
    assert fresh(leaving[1]).owner == town.wang
    assert as_lin.get(address).status_code == 404


def test_nobody_who_left_takes_over(town, leaving, as_lin):
    User.objects.filter(pk=town.wang.pk).update(is_active=False)
    address = f"/customers/{leaving[1].number}/handover/"
    said = {"to": town.wang.pk, "reason": "换区域"}
    assert as_lin.post(address, said, HTTP_HX_REQUEST="true").status_code == 422


def test_the_person_page_hints_at_what_they_have(town, leaving, as_zhao, as_admin):
    assert "3" in as_admin.get(f"/care/handover/hint/{town.lin.pk}/").content.decode()
