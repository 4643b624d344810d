from __future__ import annotations

import pytest

from huiying.cases.models import Category

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("query", ["wlyw", "WLYW", "ｗｌｙｗ", "物流延误", "Delivery"])
def test_a_category_is_found_by_name_or_pinyin_initials(as_wang, query):
    page = as_wang.get("/cases/categories/", {"q": query}).content.decode()
    assert "物流延误" in page


@pytest.mark.parametrize("query", ["wlyw", "wlywpsqy", "wlyw psqy", "psqy"])
def test_the_initials_of_the_whole_name_find_what_stands_below(as_wang, query):
    above = Category.objects.get(code="logistics")
    below = Category.objects.create(parent=above, code="remote", name="配送区域偏远")
    hits = as_wang.get("/cases/categories/", {"q": query}).context["hits"]
    assert below in hits
    assert hits[0] == (above if query == "wlyw" else below)


def test_the_one_that_begins_so_comes_first(as_wang):
    hits = as_wang.get("/cases/categories/", {"q": "cpzl"}).context["hits"]
    assert hits[0].code == "quality"


def test_the_customers_words_suggest_a_category(as_wang):
    said = "冰箱说好 18 号到，快递一直在派送，到今天还没送到。"
    hits = as_wang.get("/cases/categories/", {"description": said}).context["hits"]
    assert hits[0].code.startswith("logistics-late")


def test_without_words_the_top_of_the_tree_is_offered(as_wang):
    hits = as_wang.get("/cases/categories/").context["hits"]
    assert {one.depth for one in hits} == {1}


def test_the_chosen_one_stays_chosen(as_wang):
    chosen = Category.objects.get(code="logistics")
    page = as_wang.get("/cases/categories/", {"q": "wlyw", "category": chosen.pk}).content.decode()
    assert f'value="{chosen.pk}" checked' in page


def test_a_retired_category_is_not_offered_and_nothing_found_says_what_to_do(as_wang):
    Category.objects.filter(code="external-weather").update(active=False)
    page = as_wang.get("/cases/categories/", {"q": "天气与自然"}).content.decode()
    assert 'type="radio"' not in page
    assert "天气与自然" in page


def test_a_category_of_another_kind_is_left_out(as_wang):
    Category.objects.filter(code__startswith="logistics").update(kinds=["complaint"])
    assert as_wang.get("/cases/categories/", {"q": "wlyw", "kind": "praise"}).context["hits"] == []


def test_the_lookup_asks_twice_at_most(as_wang, django_assert_max_num_queries):
    as_wang.get("/cases/categories/")
    with django_assert_max_num_queries(5):  # session and person, then categories and what came up lately
        as_wang.get("/cases/categories/", {"description": "噪音太大"})
