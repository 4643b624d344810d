from __future__ import annotations

import pytest
from django.utils import timezone

from huiying.cases.models import Case, Category, Route
from huiying.journal.models import Entry

pytestmark = pytest.mark.django_db


@pytest.fixture
def late(town) -> Category:
    return Category.objects.get(code="logistics-late")


def told_about(category: Category) -> list[str]:
    return list(Entry.objects.about(category).order_by("id").values_list("verb", flat=True))


def test_the_tree_is_searched_by_pinyin_initials_and_shows_what_stands_above(as_admin):
    tree = as_admin.get("/settings/categories/", {"q": "psyw"}).context["tree"]
    assert [one.name for one in tree] == ["物流延误", "送货超时", "派送延误"]


def test_a_category_added_below_another_has_a_whole_name_and_a_code(as_admin, late):
    answer = as_admin.post("/settings/categories/new/", {"name": "春节停运", "parent": late.pk})
    added = Category.objects.get(name="春节停运")
    assert answer.status_code == 302
    assert (added.full_name, added.code) == ("物流延误 › 送货超时 › 春节停运", "logistics-late-cjty")
    assert told_about(added) == ["category_added"]


def test_two_siblings_cannot_share_a_name(as_admin, late):
    answer = as_admin.post("/settings/categories/new/", {"name": "派送延误", "parent": late.pk})
    assert answer.status_code == 422
    assert answer.context["form"].errors["name"]


def test_a_new_name_reaches_everything_below(as_admin, late):
    as_admin.post(f"/settings/categories/{late.pk}/", {"name": "到货晚", "parent": late.parent_id})
    assert Category.objects.get(code="logistics-late-last-mile").full_name == "物流延误 › 到货晚 › 派送延误"


def test_a_moved_category_takes_what_is_below_along(as_admin, late):
    quality = Category.objects.get(code="quality")
    as_admin.post(f"/settings/categories/{late.pk}/", {"name": late.name, "parent": quality.pk})
    moved = Category.objects.get(code="logistics-late-last-mile")
    assert moved.path.startswith(quality.path)
    assert moved.full_name == "产品质量 › 送货超时 › 派送延误"
    assert "category_moved" in told_about(late)


def test_a_category_cannot_stand_below_itself(as_admin, late):
    below = Category.objects.get(code="logistics-late-last-mile")
    answer = as_admin.post(f"/settings/categories/{late.pk}/", {"name": late.name, "parent": below.pk})
    assert answer.status_code == 422


def test_before_retiring_the_page_says_what_uses_it(as_admin, town, late):
    Route.objects.create(name="物流专线", team=town.first_team, category=late)
    case(town, late)
    page = as_admin.get(f"/settings/categories/{late.pk}/")
    assert (page.context["uses"].cases, page.context["uses"].below) == (1, 3)
    assert "物流专线" in page.content.decode()


def test_a_retired_category_keeps_its_cases_and_can_be_revived(as_admin, town, late):
    kept = case(town, late)
    as_admin.post(f"/settings/categories/{late.pk}/retirement/")
    assert not Category.objects.get(code="logistics-late-last-mile").active
    kept.refresh_from_db()
    assert kept.category == late
    last_mile = Category.objects.get(code="logistics-late-last-mile")
    as_admin.post(f"/settings/categories/{last_mile.pk}/revival/")
    assert Category.objects.get(pk=late.pk).active


@pytest.mark.parametrize("address", ["/settings/categories/", "/settings/categories/new/", "/settings/routes/"])
def test_only_who_may_change_settings_gets_there(as_li, address):
    assert as_li.get(address).status_code == 403


def test_a_clerk_cannot_retire_a_category(as_wang, late):
    assert as_wang.post(f"/settings/categories/{late.pk}/retirement/").status_code in {302, 403}
    assert Category.objects.get(pk=late.pk).active


def case(town, category: Category) -> Case:
    return Case.objects.create(
        number="C2026-000001",
        kind="complaint",
        channel="phone",
        subject="冰箱没送到",
        category=category,
        customer=town.zhang,
        received_at=timezone.now(),
        stage_since=timezone.now(),
    )
