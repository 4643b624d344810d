from __future__ import annotations

from datetime import date

from django.apps import apps
from django.contrib.messages import get_messages

from huiying.customers.models import Customer
from huiying.engagement.belongings import belongings
from huiying.engagement.models import Need, PlannedContact, Succession
from huiying.engagement.queries.succession import holds
from huiying.engagement.tests.test_pool import fresh
from huiying.staff.models import User
from huiying.wiring import STAYS_WITH_OWNER


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


def test_everything_goes_to_one_successor_and_is_undone_where_nothing_changed(town, leaving, asked, as_fang):
    vip, other, _case = leaving
    assert "恒通集团" in as_fang.get(path(town.lin)).content.decode()
    assert as_fang.post(path(town.lin), asked(town.wang)).status_code == 302
    made = Succession.objects.get()
    assert (made.state, made.counts()["given"]) == ("done", 4)
    assert {fresh(one).owner for one in (vip, other, town.zhang)} == {town.wang}
    assert Need.objects.get().owner == town.wang
    Customer.objects.filter(pk=other.pk).update(remarks="已谈妥")
    assert as_fang.post(f"/care/handover/{made.pk}/undoing/").status_code == 302
    assert fresh(vip).owner == town.lin
    assert fresh(other).owner == town.wang
    assert as_fang.post(f"/care/handover/{made.pk}/undoing/").status_code == 409


def test_a_customer_and_all_about_them_go_to_the_same_of_several(town, leaving, asked, as_fang):
    seen = as_fang.post("/care/handover/preview/" + f"?who={town.lin.pk}", asked(town.wang, town.li)).context["seen"]
    assert sorted(len(words) for _person, words in seen) == [1, 2]
    as_fang.post(path(town.lin), asked(town.wang, town.li))
    owners = list(Customer.objects.order_by("id").values_list("owner__username", flat=True))
    assert sorted(owners) == ["liqiang", "wangfang", "wangfang"] or sorted(owners) == ["liqiang", "liqiang", "wangfang"]
    assert Need.objects.get().owner_id == fresh(leaving[0]).owner_id


def test_the_same_form_sent_twice_is_one_batch(town, leaving, asked, as_fang):
    said = asked(town.wang)
    as_fang.post(path(town.lin), said)
    as_fang.post(path(town.lin), said)
    assert Succession.objects.count() == 1


def test_what_is_missing_is_said_and_nothing_moves(town, leaving, asked, as_fang, as_lin):
    assert as_fang.post(path(town.lin), {**asked(town.wang), "reason": ""}).status_code == 422
    assert as_fang.post(path(town.lin), asked()).status_code == 422
    assert as_lin.get(path(town.lin)).status_code == 403
    assert not Succession.objects.exists()


def test_the_successor_reads_a_note_and_acknowledges(town, leaving, asked, as_fang, sign_in):
    as_fang.post(path(town.lin), asked(town.wang))
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
    told = [str(one) for one in get_messages(answer.wsgi_request)]
    assert len(told) == 1
    assert town.wang.name in told[0]
    assert leaving[1].name in told[0]


def test_nobody_who_left_takes_over(town, leaving, as_lin):
    User.objects.filter(pk=town.wang.pk).update(is_active=False)
    address = f"/customers/{leaving[1].number}/handover/"
    said = {"to": town.wang.pk, "reason": "换区域"}
    assert as_lin.post(address, said, HTTP_HX_REQUEST="true").status_code == 422


def test_the_person_page_hints_at_what_they_have(town, leaving, as_admin, as_zhao):
    address = f"/care/handover/hint/{town.lin.pk}/"
    assert "3" in as_admin.get(address).content.decode()
    assert not as_zhao.get(address).content.decode().strip()


def test_a_planned_contact_is_listed_with_whose_it_is(town, actor):
    PlannedContact.objects.create(customer=town.zhang, owner=town.lin, tier="vip", due_on=date(2026, 3, 9))
    Customer.objects.filter(pk=town.zhang.pk).update(owner=town.lin)
    held = next(one for one in holds(town.lin, by=actor(town.zhao)) if one.belonging.code == "plans")
    assert held.first == [f"{town.zhang.name} · 电话 2026-03-09"]
