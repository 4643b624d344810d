"""A wrong caller noticed late: the case moves to whom it concerns, with everything that must follow."""

from __future__ import annotations

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone, translation

from huiying.cases.actions import Caller, change_customer, hear, note, withdraw
from huiying.cases.customer_link import token_for
from huiying.cases.lifecycle import IllegalMove
from huiying.cases.models import Case
from huiying.cases.tests.lodging import lodge
from huiying.channels.words import Words
from huiying.customers.actions import obtain
from huiying.customers.models import Customer, Order, Tier
from huiying.deadlines.models import Clock
from huiying.journal.actors import CLOCKWORK
from huiying.journal.models import Entry
from huiying.kit.guards import BadInput, Refused, Stale
from huiying.search.index import found_ids
from huiying.staff.actors import actor_of


@pytest.fixture
def zhou(town) -> Customer:
    """周敏, whose case it really is."""
    return obtain(name="周敏", phone="13900139000", email="", by=CLOCKWORK, at=timezone.now())


@pytest.fixture
def case(town) -> Case:
    return lodge(town.wang, owner=town.wang, caller=Caller(customer=town.zhang, name="张先生"), order_number="SO-7")


@pytest.fixture
def change(town, actor):
    def change_(case, caller, *, by=None, version=None):
        by = actor(by or town.wang)
        return change_customer(case, caller, version=version or case.version, by=by, at=timezone.now())

    return change_


def test_the_case_its_clocks_and_the_journal_name_the_right_customer(case, town, zhou, change):
    case = change(case, Caller(customer=zhou))
    assert (case.customer, case.caller_name, case.version) == (zhou, "", Case.objects.get().version)
    assert set(Clock.objects.about(case).live().values_list("customer_id", flat=True)) == {zhou.pk}
    entry = Entry.objects.about(case).get(verb="case_customer_changed")
    assert entry.customer_id == zhou.pk
    with translation.override("en"):
        assert entry.sentence == f"corrected the caller from C000001 张敏 to {zhou.number} 周敏"


def test_the_right_customer_shows_the_case_and_the_wrong_one_no_longer(case, town, zhou, change, as_li):
    change(case, Caller(customer=zhou))
    theirs = as_li.get(reverse("cases:of_customer", args=[zhou.number])).content.decode()
    formers = as_li.get(reverse("cases:of_customer", args=[town.zhang.number])).content.decode()
    assert case.number in theirs
    assert case.number not in formers


def test_it_is_found_by_the_right_name_by_what_was_said_and_no_longer_by_the_wrong_name(
    case, town, zhou, actor, change
):
    hear(
        case, Words(text="快递单号查不到", channel="phone"), by=actor(town.wang), author_name="周敏", at=timezone.now()
    )
    note(case, "已联系承运商", by=actor(town.wang), at=timezone.now())
    change(case, Caller(customer=zhou))
    assert [found_ids(Case, words) for words in ("周敏", "快递单号", "承运商", "张敏")] == [[case.pk]] * 3 + [[]]


def test_deadlines_go_by_the_tier_of_the_right_customer(case, zhou, change):
    Customer.objects.filter(pk=zhou.pk).update(tier=Tier.VIP)
    case = change(case, Caller(customer=Customer.objects.get(pk=zhou.pk)))
    running = Clock.objects.about(case).running()
    assert running.get(kind="accept").policy.code == "accept-vip"
    replanned = Entry.objects.about(case).filter(verb="clock_replanned")
    assert set(replanned.values_list("customer_id", flat=True)) == {zhou.pk}
    assert case.due_at == running.earliest("due_at").due_at


def test_the_order_of_the_wrong_customer_is_left_and_their_own_is_found(town, zhou, change):
    today = timezone.localdate()
    theirs = Order.objects.create(customer=town.zhang, number="SO-7", product="冰箱", amount=1, ordered_on=today)
    case = lodge(town.wang, owner=town.wang, caller=Caller(customer=town.zhang), order=theirs)
    case = change(case, Caller(customer=zhou))
    assert (case.order, case.order_number) == (None, "SO-7")


def test_a_new_customer_is_entered_and_a_bare_name_stays_anonymous(case, change):
    case = change(case, Caller(name="吴刚", phone="13700137000"))
    assert (case.customer.name, case.caller_name) == ("吴刚", "吴刚")
    case = change(case, Caller(name="吴先生"))
    assert (case.customer, case.customer_name) == (None, "吴先生")


def test_the_link_of_the_wrong_person_is_dead_and_that_of_an_unchanged_case_lives(case, town, zhou, change):
    other, former = token_for(lodge(town.wang, caller=Caller(customer=town.zhang))), token_for(case)
    assert opened(former) == 200
    case = change(case, Caller(customer=zhou))
    assert [opened(token) for token in (former, token_for(case), other)] == [410, 200, 200]
    assert Client().post(reverse("portal:words", args=[former]), {"text": "不是我"}).status_code == 410


def test_who_was_anonymous_keeps_their_link_once_they_are_known(town, zhou, change):
    case = lodge(town.wang, owner=town.wang, caller=Caller(name="周女士"))
    former = token_for(case)
    change(case, Caller(customer=zhou))
    assert opened(former) == 200


def opened(token: str) -> int:
    return Client().get(reverse("portal:page", args=[token])).status_code


def test_two_corrections_meet_but_a_note_does_no_harm(case, town, zhou, actor, change):
    seen = case.version
    note(case, "已致电", by=actor(town.li), at=timezone.now())
    change(case, Caller(customer=zhou), version=seen)
    with pytest.raises(Stale):
        change(case, Caller(name="吴先生"), version=seen, by=town.li)
    assert change(case, Caller(customer=zhou), version=seen, by=town.li).customer == zhou


def test_nobody_who_may_only_look_and_an_ended_case_are_refused(case, town, zhou, actor, change):
    with pytest.raises(BadInput):
        change(case, Caller())
    town.li.role.powers.remove("cases.work")
    with pytest.raises(Refused):
        change_customer(case, Caller(customer=zhou), version=1, by=actor_of(town.li), at=timezone.now())
    withdraw(case, reason="已解决", by=actor(town.li), at=timezone.now())
    with pytest.raises(IllegalMove):
        change(case, Caller(customer=zhou))


def test_the_form_looks_like_registration_and_keeps_what_was_typed(case, zhou, sign_in, town):
    page, address = sign_in(town.wang), reverse("cases:customer", args=[case.number])
    assert "caller-search" in page.get(address).content.decode()
    refused = page.post(address, {"version": case.version, "caller_name": "吴刚", "caller_phone": "1380013800"})
    assert (refused.status_code, 'value="吴刚"' in refused.content.decode()) == (422, True)
    assert page.post(address, {"version": case.version}).status_code == 422
    assert page.post(address, {"version": case.version, "customer": zhou.number}).status_code == 302
    assert Case.objects.get(pk=case.pk).customer == zhou


def test_a_program_puts_the_customer_right(case, town, zhou, program):
    call, place = program(town.wang), f"cases/{case.number}/customer"
    answer = call.post(place, {"version": case.version, "number": zhou.number})
    assert (answer.status_code, answer.json()["customer"]["number"]) == (200, zhou.number)
    assert call.post(place, {"version": case.version, "name": "吴先生"}).status_code == 409
    assert call.post(place, {"version": answer.json()["version"]}).status_code == 422
    assert program(town.chen).post(place, {"version": 1, "name": "吴先生"}).status_code == 404
