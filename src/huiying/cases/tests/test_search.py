"""Search from anywhere: by name, number, phone ending or two characters, and only what one may see."""

from __future__ import annotations

import pytest
from django.utils.timezone import localtime, now

from huiying.cases.actions import Caller
from huiying.cases.queries.search import possible_numbers
from huiying.customers.actions import revise
from huiying.customers.drafts import CustomerDraft
from huiying.customers.queries.words import index_customer

from .lodging import lodge

pytestmark = pytest.mark.django_db


@pytest.fixture
def case(town):
    index_customer(town.zhang)
    caller = Caller(customer=town.zhang)
    return lodge(town.wang, owner=town.wang, subject="冰箱送货延误三天", caller=caller)


def found(browser, words, where="/search/"):
    context = browser.get(where, {"q": words}).context["found"]
    return {hit.customer.name for hit in context.customers}, {one.number for one in context.cases}


@pytest.mark.parametrize("words", ["延误", "冰箱 延误", "{running:06}", "{running}", "c2026-{running:06}"])
def test_a_case_is_found_by_its_words_and_number(case, as_wang, words):
    words = words.format(running=int(case.number[-6:]))
    assert found(as_wang, words)[1] == {case.number}
    assert found(as_wang, words, where="/search/palette/")[1] == {case.number}


def test_a_customer_is_found_by_name_and_phone_ending_with_the_number_covered(case, as_wang):
    assert found(as_wang, "张敏") == ({"张敏"}, {case.number})
    assert found(as_wang, "8000")[0] == {"张敏"}
    assert "138 **** 8000" in as_wang.get("/search/?q=8000").content.decode()
    assert "13800138000" not in as_wang.get("/search/?q=8000").content.decode()


def test_nobody_finds_what_they_may_not_see(case, as_chen, as_sun):
    assert found(as_chen, "延误")[1] == set()
    assert found(as_sun, "延误") == (set(), set())


def test_the_palette_knows_where_one_can_go(as_wang, as_sun):
    everything = as_wang.get("/search/palette/").content.decode()
    assert 'href="/board/"' in everything
    by_letters = as_wang.get("/search/palette/?q=boa", headers={"Accept-Language": "en"}).content.decode()
    assert 'href="/board/"' in by_letters
    assert 'href="/customers/"' not in by_letters
    assert 'href="/cases/new/"' not in as_sun.get("/search/palette/").content.decode()


def test_searching_takes_few_statements(case, town, as_wang, django_assert_max_num_queries):
    for _ in range(12):
        lodge(town.wang, caller=Caller(customer=town.zhang))
    as_wang.get("/search/palette/?q=延误")
    with django_assert_max_num_queries(8):  # two of them know who asks
        as_wang.get("/search/palette/?q=延误")


@pytest.mark.parametrize("words", ["", "   ", "%", "'", '"', "\\", "()", "🙂", "a" * 300])
def test_strange_words_find_nothing_and_break_nothing(case, as_wang, words):
    assert as_wang.get("/search/", {"q": words}).status_code == 200
    assert as_wang.get("/search/palette/", {"q": words}).status_code == 200


def test_the_millionth_case_is_found_by_its_number_like_the_first():
    assert possible_numbers("c20261000001", at=now()) == ["C2026-1000001"]
    assert f"C{localtime(now()).year}-1000001" in possible_numbers("1000001", at=now())


def test_a_renamed_customers_cases_are_found_by_the_new_name(case, town, as_wang, actor, perform_duties):
    revise(
        town.zhang,
        CustomerDraft(name="张敏慧", kind=town.zhang.kind),
        version=town.zhang.version,
        by=actor(town.li),
        at=now(),
    )
    perform_duties()
    assert found(as_wang, "张敏慧") == ({"张敏慧"}, {case.number})
