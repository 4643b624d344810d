"""Finding a customer while the phone rings."""

from __future__ import annotations

from dataclasses import replace

import pytest
from django.utils import translation
from django.utils.timezone import localdate, now

from huiying.customers.actions.customer import create
from huiying.customers.drafts import ContactDraft, CustomerDraft
from huiying.customers.queries import search_customers
from huiying.customers.queries.duplicates import Clues, likely_duplicates
from huiying.customers.queries.shown import hits
from huiying.journal.actors import STARTER


@pytest.fixture
def hotel(town):
    contact = ContactDraft(name="林晓", phones=("021-55556789", "13900001234"), emails=("lin@example.test",))
    draft = CustomerDraft(
        name="上海蓝湾酒店有限公司", kind="organisation", credit_code="91310000MA1FL1234X", external_ref="X-77"
    )
    return create(draft, contacts=[contact], by=STARTER, at=now())


KNOWN_BY = (
    *("蓝湾", "酒店", "上海蓝湾", "上", "林晓"),
    *("6789", "···1234", "021-5555 6789", "13900001234", "lin@example.test"),
    *("X-77", "91310000MA1FL1234X"),
)


@pytest.mark.parametrize("words", KNOWN_BY)
def test_a_customer_is_found_by_what_one_knows(town, hotel, actor, words):
    assert list(search_customers(words, actor(town.wang))) == [hotel]


def test_a_customer_is_found_by_number_in_any_case(town, hotel, actor):
    assert list(search_customers(hotel.number.lower(), actor(town.wang))) == [hotel]


@pytest.mark.parametrize("words", ["", "  ", "不存在", "0000", "nobody@example.test", "%", "\"'"])
def test_nothing_is_found_by_what_is_not_there(town, hotel, actor, words):
    assert list(search_customers(words, actor(town.wang))) == []


def test_only_customers_one_may_see_are_found(town, hotel, actor):
    assert list(search_customers("蓝湾", actor(town.lin))) == []
    assert list(search_customers("张敏", actor(town.lin))) == [town.zhang]
    assert list(search_customers("张敏", actor(town.sun))) == []


def test_who_may_not_uncover_cannot_guess_hidden_digits(town, hotel, actor):
    blind = replace(actor(town.wang), powers=frozenset({"customers.see"}))
    assert list(search_customers("99991234", blind)) == [hotel]  # counted by the last four, like any other guess
    assert list(search_customers("99991234", actor(town.wang))) == []
    assert list(search_customers("00001234", actor(town.wang))) == [hotel]


def test_searching_costs_few_statements_however_many_are_found(town, actor, django_assert_max_num_queries):
    by = actor(town.wang)
    for n in range(30):
        person = ContactDraft(name="周周", phones=(f"1381234{n:04d}",))
        create(CustomerDraft(name=f"周周{n}号"), contacts=[person], by=STARTER, at=now())
    with django_assert_max_num_queries(4):
        assert len(hits(search_customers("周周", by), today=localdate())) == 20
    with django_assert_max_num_queries(6):
        assert len(hits(search_customers("0012", by), today=localdate())) == 1


def test_hits_show_masked_phones(town, hotel, actor):
    [hit] = hits(search_customers("蓝湾", actor(town.wang)), today=localdate())
    assert (hit.phone, hit.contact) == ("021 **** 6789", "林晓")


@pytest.mark.parametrize(
    ("clues", "reason"),
    [
        (Clues(phones=("+86 139 0000 1234",)), "the same phone number"),
        (Clues(emails=("LIN@example.test",)), "the same e-mail address"),
        (Clues(credit_code="91310000ma1fl1234x"), "the same credit code"),
        (Clues(name="上海蓝湾 酒店"), "the same name"),
        (Clues(name="上海兰湾酒店有限公司"), "nearly the same name"),
    ],
)
def test_a_likely_duplicate_is_told_with_its_evidence(town, hotel, actor, clues, reason):
    with translation.override("en"):
        [likeness] = likely_duplicates(clues, by=actor(town.wang))
        assert (likeness.customer, [str(why) for why in likeness.reasons]) == (hotel, [reason])


@pytest.mark.parametrize("clues", [Clues(), Clues(name="云杉物流"), Clues(phones=("139",)), Clues(name="上海")])
def test_no_duplicate_is_seen_where_there_is_none(town, hotel, actor, clues):
    assert likely_duplicates(clues, by=actor(town.wang)) == []


def test_a_duplicate_one_may_not_see_is_told_without_its_page(town, hotel, actor):
    [likeness] = likely_duplicates(Clues(name="上海蓝湾酒店"), by=actor(town.lin))
    assert not likeness.is_visible


def test_a_customer_is_no_duplicate_of_themselves(town, hotel, actor):
    assert likely_duplicates(Clues(name="上海蓝湾酒店", besides=hotel.pk), by=actor(town.wang)) == []
