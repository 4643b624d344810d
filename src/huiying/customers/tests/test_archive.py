"""Keeping the archive true: entering, revising, tiers, tags, contacts, orders, and looking at numbers."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal

import pytest
from django.utils.timezone import localdate, now

from huiying.customers.actions.contact import add_contact, remove_contact, revise_contact, uncover
from huiying.customers.actions.customer import create, revise
from huiying.customers.actions.order import add_order, revise_order
from huiying.customers.actions.standing import set_tier
from huiying.customers.actions.tagging import tag, untag
from huiying.customers.drafts import ContactDraft, CustomerDraft, OrderDraft, contact_draft_of, draft_of, order_draft_of
from huiying.customers.models import Customer, Tier
from huiying.journal.models import Entry
from huiying.kit.guards import BadInput, Refused, Stale
from huiying.search.index import found_ids


def verbs_about(subject):
    return [entry.verb for entry in Entry.objects.about(subject).in_order()]


def test_a_person_is_their_own_first_contact(town, actor):
    person = create(CustomerDraft(name=" 周晓 "), by=actor(town.wang), at=now())

    assert person.name == "周晓"
    assert [(contact.name, contact.is_main) for contact in person.contacts.all()] == [("周晓", True)]
    assert found_ids(Customer, "周晓") == [person.pk]


def test_whoever_may_not_edit_customers_enters_none(town, actor):
    by = replace(actor(town.wang), powers=frozenset({"customers.see"}))
    with pytest.raises(Refused):
        create(CustomerDraft(name="周晓"), by=by, at=now())


@pytest.mark.parametrize(
    ("draft", "field"),
    [
        (CustomerDraft(name="  "), "name"),
        (CustomerDraft(name="名" * 121), "name"),
        (CustomerDraft(name="周晓", status="unheard-of"), "status"),
        (CustomerDraft(name="周晓", credit_code="9" * 19), "credit_code"),
    ],
)
def test_what_cannot_be_kept_is_refused_and_names_the_field(town, actor, draft, field):
    with pytest.raises(BadInput) as refusal:
        create(draft, by=actor(town.wang), at=now())
    assert refusal.value.field == field


def test_a_credit_code_belongs_to_one_customer(town, actor):
    create(CustomerDraft(name="蓝湾酒店", credit_code="91310000MA1FL1234X"), by=actor(town.wang), at=now())
    with pytest.raises(BadInput, match="91310000MA1FL1234X"):
        create(CustomerDraft(name="别的公司", credit_code="91310000ma1fl1234x"), by=actor(town.wang), at=now())


def test_a_revision_is_saved_searchable_and_told(town, actor):
    draft = replace(draft_of(town.zhang), name="张敏敏", region="上海市", owner=town.chen)
    revise(town.zhang, draft, version=1, by=actor(town.wang), at=now())

    town.zhang.refresh_from_db()
    assert (town.zhang.region, town.zhang.version, town.zhang.team) == ("上海市", 2, town.second_team)
    assert found_ids(Customer, "敏敏") == [town.zhang.pk]
    assert Entry.objects.about(town.zhang).latest("id").facts["fields"] == ["name", "region", "owner"]


def test_a_stale_page_is_not_saved_over_a_newer_one(town, actor):
    first, second = Customer.objects.get(pk=town.zhang.pk), Customer.objects.get(pk=town.zhang.pk)
    revise(first, replace(draft_of(first), region="上海市"), version=1, by=actor(town.li), at=now())

    with pytest.raises(Stale) as refusal:
        revise(second, replace(draft_of(second), region="北京市"), version=1, by=actor(town.wang), at=now())
    assert "李强" in str(refusal.value)
    second.refresh_from_db()
    assert second.region == "上海市"


def test_the_tier_changes_with_a_reason_only(town, actor):
    with pytest.raises(BadInput):
        set_tier(town.zhang, Tier.VIP, reason=" ", by=actor(town.li), at=now())
    set_tier(town.zhang, Tier.VIP, reason="三年老客户", by=actor(town.li), at=now())

    town.zhang.refresh_from_db()
    assert town.zhang.is_vip
    entry = Entry.objects.about(town.zhang).latest("id")
    until = (localdate() + timedelta(days=180)).isoformat()
    assert entry.facts == {"old": "ordinary", "new": "vip", "reason": "三年老客户", "until": until}
    assert "VIP" in entry.sentence


def test_a_tag_goes_on_once_and_off_again(town, actor):
    by = actor(town.wang)
    label = tag(town.zhang, "怕吵", by=by, at=now())
    tag(town.zhang, "怕吵", by=by, at=now())
    assert list(town.zhang.tags.all()) == [label]
    untag(town.zhang, label, by=by, at=now())
    assert verbs_about(town.zhang) == ["customer_tagged", "customer_untagged"]


def test_a_contact_is_revised_keeps_their_numbers_and_gains_one(town, actor):
    contact = town.zhang.contacts.get()
    draft = replace(contact_draft_of(contact), title="采购", phones=("138 0013 8000", "021-55556666"))
    revise_contact(contact, draft, by=actor(town.wang), at=now())

    assert sorted(contact.reaches.phones().values_list("key", flat=True)) == ["02155556666", "13800138000"]
    assert verbs_about(contact) == ["reach_added", "contact_revised"]


def test_when_the_main_contact_leaves_the_next_takes_their_place(town, actor):
    second = add_contact(town.zhang, ContactDraft(name="张先生"), by=actor(town.wang), at=now())
    remove_contact(town.zhang.contacts.get(is_main=True), by=actor(town.wang), at=now())

    second.refresh_from_db()
    assert second.is_main
    assert found_ids(Customer, "先生") == [town.zhang.pk]


def test_an_order_is_entered_once_and_revised(town, actor):
    draft = OrderDraft(number="D20260301", product="冰箱", ordered_on=date(2026, 3, 1), amount=Decimal("3999.00"))
    order = add_order(town.zhang, draft, by=actor(town.wang), at=now())
    with pytest.raises(BadInput, match="D20260301"):
        add_order(town.zhang, draft, by=actor(town.wang), at=now())
    revise_order(order, replace(order_draft_of(order), state="已签收"), by=actor(town.wang), at=now())
    assert verbs_about(order) == ["order_added", "order_revised"]


def test_each_look_at_a_whole_number_is_written_down(town, actor):
    reach = town.zhang.reaches.phones().get()
    with pytest.raises(Refused):
        uncover(reach, by=actor(town.sun), at=now())

    assert uncover(reach, by=actor(town.li), at=now()) == "13800138000"
    entry = Entry.objects.of_customer(town.zhang.pk).latest("id")
    assert (entry.verb, entry.actor_name, entry.facts) == ("reach_uncovered", "李强", {"kind": "phone"})


def test_who_sees_only_their_own_customers_looks_after_those_they_enter(town, as_lin, as_li):
    first = as_lin.get("/customers/new/").context["form"]
    assert first.initial["owner"] == town.lin.pk
    assert "owner" not in as_li.get("/customers/new/").context["form"].initial
    typed = {"name": "云峰酒店", "kind": "organisation", "status": "lead", "tier": "ordinary"}
    answer = as_lin.post("/customers/new/", typed)
    assert answer["Location"] == "/customers/", "what one does not see afterwards is no dead end"
    answer = as_lin.post("/customers/new/", {**typed, "name": "云峰客栈", "owner": town.lin.pk})
    assert answer["Location"] == Customer.objects.get(name="云峰客栈").get_absolute_url()
