"""Two entries of one customer become one with all that either had, and two again as if nothing had been (SPEC A7)."""

from __future__ import annotations

from dataclasses import replace

import pytest
from django.apps import apps
from django.utils.timezone import now

from huiying.cases.actions import Caller
from huiying.cases.actions import merge as merge_cases
from huiying.cases.tests.lodging import lodge
from huiying.customers.actions.contact import make_main
from huiying.customers.actions.customer import create, revise
from huiying.customers.actions.merging import merge, undo_merge
from huiying.customers.actions.obtaining import Introduction, obtain_all
from huiying.customers.actions.tagging import tag
from huiying.customers.drafts import ContactDraft, CustomerDraft, draft_of
from huiying.customers.following import followings
from huiying.customers.importers import CustomerImporter, OrderImporter
from huiying.customers.models import Customer, MergedRow, Tier
from huiying.customers.queries import find_by_phone, identify, search_customers, timeline
from huiying.engagement.models import PlannedContact
from huiying.imports.protocol import Kept, Row
from huiying.journal.models import Entry
from huiying.kit.guards import BadInput, DomainError, Refused
from huiying.wiring import STAYS_WITH_CUSTOMER


@pytest.fixture
def li(town, actor):
    return actor(town.li)


@pytest.fixture
def enter(li):
    def enter_(name="张敏敏", phone="138 0013 8000", **fields):
        contact = ContactDraft(name=name, phones=(phone,) if phone else ())
        return create(CustomerDraft(name=name, **fields), contacts=[contact], by=li, at=now())

    return enter_


@pytest.fixture
def united(li):
    def united_(source, into, *take):
        return merge(source, into=into, take=take, reason="同一个人", by=li, at=now())

    return united_


def fresh(customer):
    return Customer.objects.get(pk=customer.pk)


def test_every_row_that_knows_a_customer_follows_or_is_said_to_stay():
    moving = {following.label for following in followings()}
    held = {
        f"{model._meta.label_lower}.{field.attname}"
        for model in apps.get_models(include_auto_created=True)
        for field in model._meta.concrete_fields
        if field.attname == "customer_id" or field.related_model is Customer
    }
    assert held == moving | set(STAYS_WITH_CUSTOMER)
    assert not moving & set(STAYS_WITH_CUSTOMER)


def test_whatever_either_had_stands_with_the_one_that_stays(town, li, enter, united):
    double = enter(external_ref="ERP-9")
    case = lodge(town.wang, team=town.first_team, caller=Caller(customer=double))
    tag(double, "怕吵", by=li, at=now())
    united(double, town.zhang)

    case.refresh_from_db()
    assert case.customer == town.zhang
    assert [contact.is_main for contact in town.zhang.contacts.all()] == [True, False]
    assert [label.name for label in town.zhang.tags.all()] == ["怕吵"]
    said = [item.text for item in timeline(town.zhang, by=li).items]
    assert any(double.number in line for line in said)
    assert sum("怕吵" in line for line in said) == 1  # the journal of the other is read, too


def test_what_people_planned_comes_along_and_goes_back_while_the_plan_stays(town, li, enter, united):
    double = enter()
    day = {"tier": "vip", "due_on": now().date()}
    by_hand = PlannedContact.objects.create(customer=double, about="送样机", **day)
    slot = PlannedContact.objects.create(customer=double, slot="2026-03/1", **day)
    made = united(double, town.zhang)
    assert set(town.zhang.planned_contacts.all()) == {by_hand}
    undo_merge(made, by=li, at=now())
    assert set(double.planned_contacts.all()) == {by_hand, slot}


def test_the_merged_number_works_wherever_it_is_used(town, li, enter, united):
    double = enter(name="蓝湾酒店", phone="021-55556666", external_ref="ERP-9", kind=Customer.Kind.ORGANISATION)
    united(double, town.zhang)

    assert identify(number=double.number) == town.zhang
    assert identify(phone="02155556666") == town.zhang
    assert identify(name="蓝湾酒店有限公司") == town.zhang
    assert find_by_phone("021-55556666") == [town.zhang]
    for words in (double.number, "ERP-9", "蓝湾", "55556666"):
        assert list(search_customers(words, li)) == [town.zhang], words


def test_an_import_that_names_a_merged_entry_meets_the_one_that_stays(town, li, enter, united):
    Customer.objects.filter(pk=town.zhang.pk).update(kind=Customer.Kind.ORGANISATION)
    double = enter(name="蓝湾酒店", phone="021-55556666", external_ref="ERP-9", kind=Customer.Kind.ORGANISATION)
    united(double, town.zhang)
    rows = [
        Row(1, {"external_ref": "ERP-9", "name": "蓝湾酒店", "region": "上海市"}),
        Row(2, {"name": "蓝湾酒店有限公司", "address": "南京路 1 号"}),
    ]
    assert CustomerImporter().store(rows, by=li, at=now()) == [Kept.STORED, Kept.STORED]
    order = Row(1, {"number": "D1", "product": "冰箱", "ordered_on": now().date(), "customer_number": double.number})
    assert OrderImporter().store([order], by=li, at=now()) == [Kept.STORED]
    assert obtain_all([Introduction(name="蓝湾", number="ERP-9")], by=li, at=now()) == [town.zhang]

    stays = fresh(town.zhang)
    assert (stays.region, stays.address, stays.orders.count()) == ("上海市", "南京路 1 号", 1)
    assert Customer.objects.count() == 2


def test_a_chosen_field_comes_over_and_goes_back_unless_somebody_changed_it(town, li, enter, united):
    double = enter(region="上海市", address="南京路 1 号", credit_code="91310000MA1FL1234X")
    made = united(double, town.zhang, "region", "address", "credit_code")
    stays = fresh(town.zhang)
    assert (stays.region, stays.address, stays.credit_code) == ("上海市", "南京路 1 号", "91310000MA1FL1234X")

    revise(stays, replace(draft_of(stays), region="北京市"), version=stays.version, by=li, at=now())
    undo_merge(made, by=li, at=now())
    stays = fresh(town.zhang)
    assert (stays.region, stays.address, stays.credit_code) == ("北京市", "", "")
    assert fresh(double).merged_into is None


def test_the_tier_may_be_chosen_like_any_field(town, enter, united):
    double = enter()
    Customer.objects.filter(pk=double.pk).update(tier=Tier.VIP)
    united(fresh(double), town.zhang, "tier")
    assert fresh(town.zhang).is_vip


def test_undone_each_has_their_own_again_and_what_came_later_stays(town, li, enter, united):
    double = enter()
    early = lodge(town.wang, team=town.first_team, caller=Caller(customer=double))
    made = united(double, town.zhang)
    late = lodge(town.wang, team=town.first_team, caller=Caller(phone="13800138000"))
    make_main(double.contacts.model.objects.get(customer=town.zhang, is_main=False), by=li, at=now())
    undo_merge(made, by=li, at=now())

    assert list(double.cases.all()) == [early]
    assert list(town.zhang.cases.all()) == [late]
    assert [contact.is_main for contact in double.contacts.all()] == [True]
    assert [contact.is_main for contact in town.zhang.contacts.all()] == [True]
    assert not MergedRow.objects.exists()
    assert [entry.verb for entry in Entry.objects.about(double).order_by("-id")[:2]] == [
        "customer_unmerged",
        "customer_merged",
    ]


def test_chains_are_undone_in_order(town, li, enter, united):
    one, two = enter(), enter(phone="13900139000")
    first, second = united(one, two), united(two, town.zhang)
    assert identify(number=one.number) == town.zhang
    assert one.contacts.count() == two.contacts.count() == 0

    with pytest.raises(DomainError, match=town.zhang.number):
        undo_merge(first, by=li, at=now())
    undo_merge(second, by=li, at=now())
    assert two.contacts.count() == 2
    undo_merge(first, by=li, at=now())
    assert one.contacts.count() == two.contacts.count() == town.zhang.contacts.count() == 1
    with pytest.raises(DomainError):
        undo_merge(first, by=li, at=now())


def test_what_two_brought_along_stays_until_both_have_left(town, li, enter, united):
    one, two = enter(), enter(phone="13900139000")
    for double in (one, two):
        tag(double, "怕吵", by=li, at=now())
    first, _second = united(one, town.zhang), united(two, town.zhang)
    undo_merge(first, by=li, at=now())
    assert [label.name for label in town.zhang.tags.all()] == ["怕吵"]
    assert [label.name for label in one.tags.all()] == ["怕吵"]


def test_a_later_merge_that_built_upon_the_same_field_is_undone_first(town, li, enter, united):
    one, two = enter(region="上海市"), enter(phone="13900139000", region="北京市")
    first, second = united(one, town.zhang, "region"), united(two, fresh(town.zhang), "region")
    with pytest.raises(DomainError, match=two.number):
        undo_merge(first, by=li, at=now())
    undo_merge(second, by=li, at=now())
    undo_merge(first, by=li, at=now())
    assert fresh(town.zhang).region == ""


def test_a_credit_code_somebody_got_meanwhile_stands_in_the_way(town, li, enter, united):
    double = enter(credit_code="91310000MA1FL1234X")
    made = united(double, town.zhang)
    other = enter(name="别人", phone="", credit_code="91310000MA1FL1234X")
    with pytest.raises(DomainError, match=other.number):
        undo_merge(made, by=li, at=now())
    assert fresh(double).merged_into == town.zhang


def test_cases_merged_across_both_stand_in_the_way(town, actor, li, enter, united):
    double = enter()
    one = lodge(town.wang, team=town.first_team, owner=town.wang, caller=Caller(customer=double))
    other = lodge(town.wang, team=town.first_team, owner=town.wang, caller=Caller(customer=town.zhang))
    made = united(double, town.zhang)
    for case in (one, other):
        case.refresh_from_db()
    merge_cases(one, into=other, by=actor(town.wang), at=now())
    with pytest.raises(DomainError, match=one.number):
        undo_merge(made, by=li, at=now())


def test_only_who_may_and_sees_both_merges_them(town, actor, enter):
    double = enter()
    asked = {"into": town.zhang, "take": (), "reason": "", "at": now()}
    with pytest.raises(Refused):
        merge(double, by=replace(actor(town.li), powers=frozenset({"customers.see", "customers.edit"})), **asked)
    with pytest.raises(Refused):
        merge(double, by=replace(actor(town.li), customer_scope="own"), **asked)


def test_nobody_is_merged_with_themselves_or_twice(town, li, enter, united):
    double = enter()
    with pytest.raises(BadInput):
        united(double, double)
    with pytest.raises(BadInput):
        united(double, town.zhang, "number")
    united(double, town.zhang)
    with pytest.raises(DomainError, match=double.number):
        united(double, town.zhang)
    with pytest.raises(DomainError, match=double.number):
        united(town.zhang, double)
