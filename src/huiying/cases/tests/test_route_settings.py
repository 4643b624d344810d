from __future__ import annotations

import pytest

from huiying.cases.models import Route
from huiying.journal.models import Entry

pytestmark = pytest.mark.django_db


def names() -> list[str]:
    return list(Route.objects.values_list("name", flat=True))


def test_a_new_route_is_tried_first(as_admin, town):
    answer = as_admin.post(
        "/settings/routes/new/", {"name": "重大投诉", "kind": "complaint", "team": town.second_team.pk}
    )
    assert answer.status_code == 302
    assert names()[0] == "重大投诉"


def test_a_route_can_be_tried_later(as_admin, town):
    first, second = Route.objects.all()[:2]
    as_admin.post(f"/settings/routes/{first.pk}/place/", {"to": "down"})
    assert names()[:2] == [second.name, first.name]
    assert Entry.objects.about(first).filter(verb="route_changed").exists()


def test_the_first_route_stays_first(as_admin, town):
    first = Route.objects.first()
    as_admin.post(f"/settings/routes/{first.pk}/place/", {"to": "up"})
    assert Route.objects.first() == first


def test_a_route_is_turned_off_and_kept(as_admin, town):
    route = Route.objects.get(kind="fault")
    as_admin.post(f"/settings/routes/{route.pk}/", {"name": route.name, "kind": "fault", "team": route.team_id})
    assert not Route.objects.get(pk=route.pk).active


def test_a_route_needs_a_team(as_admin, town):
    answer = as_admin.post("/settings/routes/new/", {"name": "没有团队"})
    assert answer.status_code == 422
    assert answer.context["form"].errors["team"]


def test_a_clerk_cannot_change_routes(as_wang, town):
    route = Route.objects.first()
    as_wang.post(f"/settings/routes/{route.pk}/place/", {"to": "down"})
    assert Route.objects.first() == route
