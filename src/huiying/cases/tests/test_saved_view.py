"""Views kept under a name: who is shown them, what they keep, and what nobody sees through them."""

from __future__ import annotations

import pytest
from django.urls import reverse

from huiying.cases.models import SavedView

from .lodging import lodge

pytestmark = pytest.mark.django_db
NEW = "/cases/views/"


@pytest.fixture
def invoice(town):
    return lodge(town.wang, team=town.first_team, owner=town.wang, subject="发票抬头开错", kind="consultation")


def saved(browser, name="咨询", query="view=team&kind=consultation&cursor=", audience="me"):
    return browser.post(NEW, {"name": name, "query": query, "audience": audience})


def chips(browser):
    return [view.name for view in browser.get("/cases/").context["saved_views"]]


def counted(browser):
    page = browser.get(reverse("cases:view_counts"))
    return {view.name: count for view, count in page.context["counted"]}


def test_the_filters_are_kept_under_a_name(town, invoice, as_wang, as_li):
    lodge(town.wang, team=town.first_team)
    answer = saved(as_wang)
    assert answer.status_code == 302
    page = as_wang.get(answer["Location"])
    assert [case.number for case in page.context["page"].items] == [invoice.number]
    assert page.context["saved_view"].filters == {"view": "team", "kind": "consultation"}
    assert (chips(as_wang), chips(as_li)) == (["咨询"], [])
    assert counted(as_wang) == {"咨询": "1"}


def test_filters_changed_since_can_be_saved_anew(as_wang):
    saved(as_wang)
    query = SavedView.objects.get().query
    assert not as_wang.get(f"/cases/?{query}").context["may_save_view"]
    assert as_wang.get(f"/cases/?{query}&q=发票").context["may_save_view"]


def test_what_cannot_be_read_is_not_kept(as_wang):
    saved(as_wang, query="view=team&stage=lost&kind=fault")
    assert SavedView.objects.get().filters == {"view": "team", "kind": "fault"}


def test_no_shared_view_can_stop_the_counting_for_everybody(as_li, as_wang, invoice):
    saved(as_li, query="view=all&until=9999-12-31", audience="everybody")
    SavedView.objects.update(filters={"view": "all", "until": "9999-12-31"})
    assert counted(as_wang) == {"咨询": "1"}


def test_a_shared_view_shows_each_reader_only_what_they_may_see(town, invoice, as_li, as_wang, as_chen):
    saved(as_li, name="全部咨询", query="view=all&kind=consultation", audience="everybody")
    saved(as_li, name="本组咨询", query="view=all&kind=consultation", audience="team")
    assert (chips(as_wang), chips(as_chen)) == (["全部咨询", "本组咨询"], ["全部咨询"])
    assert counted(as_wang) == {"全部咨询": "1", "本组咨询": "1"}
    assert counted(as_chen) == {"全部咨询": "0"}
    view = SavedView.objects.get(name="全部咨询")
    assert as_chen.get(f"/cases/?{view.query}").context["page"].items == []


def test_a_view_shared_with_the_department_reaches_its_teams(as_li, as_chen, as_sun):
    saved(as_li, audience="department")
    assert (chips(as_chen), chips(as_sun)) == (["咨询"], [])


def test_sharing_is_for_those_who_assign(as_wang):
    assert saved(as_wang, audience="everybody").status_code == 422
    assert SavedView.objects.count() == 0


def test_a_view_is_renamed_and_its_filters_only_where_asked(as_wang):
    saved(as_wang)
    view = SavedView.objects.get()
    address = reverse("cases:view_revision", args=[view.pk])
    as_wang.post(address, {"name": "咨询单", "audience": "me", "query": "view=all"})
    view.refresh_from_db()
    assert (view.name, view.filters["kind"]) == ("咨询单", "consultation")
    as_wang.post(address, {"name": "咨询单", "audience": "me", "query": "view=all&q=发票", "with_filters": "on"})
    view.refresh_from_db()
    assert view.filters == {"view": "all", "q": "发票"}


def test_a_name_is_taken_once_by_the_same_person(as_wang, as_li):
    assert (saved(as_wang).status_code, saved(as_wang).status_code, saved(as_li).status_code) == (302, 422, 302)


def test_a_deleted_view_can_be_brought_back(as_wang):
    saved(as_wang)
    view = SavedView.objects.get()
    answer = as_wang.post(reverse("cases:view_removal", args=[view.pk]))
    assert chips(as_wang) == []
    assert as_wang.get(answer["Location"]).context["removed_view"] == view
    as_wang.post(reverse("cases:view_revival", args=[view.pk]))
    assert chips(as_wang) == ["咨询"]


def test_only_the_owner_changes_a_view(as_li, as_wang, as_admin):
    saved(as_li, audience="everybody")
    view = SavedView.objects.get()
    for place in ("view_revision", "view_removal", "view_revival"):
        assert as_wang.post(reverse(f"cases:{place}", args=[view.pk])).status_code == 404
    assert as_admin.get(reverse("cases:view_revision", args=[view.pk])).status_code == 200
    assert "保存" in as_wang.get("/cases/").content.decode()


def test_the_list_costs_the_same_with_many_views(as_wang, invoice, django_assert_max_num_queries):
    for number in range(12):
        saved(as_wang, name=f"视图 {number}")
    with django_assert_max_num_queries(8):
        as_wang.get("/cases/?view=team&kind=complaint&q=冰箱")
