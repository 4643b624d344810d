"""Planned contacts and coverage through the interface."""

from __future__ import annotations

from datetime import date

import pytest

from huiying.engagement.models import PlannedContact

PLANS = "/api/v1/planned-contacts"


@pytest.fixture
def planned(town) -> PlannedContact:
    """张敏 is to be called by 林经理 on 10 March, as the plan of this month asks."""
    window = {"slot": "2026-03/1", "window_from": date(2026, 3, 1), "window_until": date(2026, 3, 31)}
    return PlannedContact.objects.create(
        customer=town.zhang, owner=town.lin, tier="vip", due_on=date(2026, 3, 10), **window
    )


def post(client, address, **sent):
    return client.post(address, sent, content_type="application/json")


def test_a_contact_is_planned_moved_skipped_and_planned_again(as_lin, town):
    address = f"/api/v1/customers/{town.zhang.number}/planned-contacts"
    assert post(as_lin, address, due_on="2026-02-10", means="visit").status_code == 422
    made = post(as_lin, address, due_on="2026-03-10", means="visit", about="看新滤芯").json()
    assert (made["owner"]["username"], made["state"], made["window_until"]) == ("lin", "planned", None)
    own = f"{PLANS}/{made['id']}"
    assert post(as_lin, f"{own}/move", to="2026-03-14").status_code == 422, "a Saturday"
    assert post(as_lin, f"{own}/move", to="2026-03-12").json()["due_on"] == "2026-03-12"
    assert post(as_lin, f"{own}/skip", reason="").status_code == 422
    assert post(as_lin, f"{own}/skip", reason="客户出国").json()["state"] == "skipped"
    assert post(as_lin, f"{own}/revival").json()["state"] == "planned"
    assert post(as_lin, f"{own}/revival").status_code == 409


def test_a_colleagues_contact_is_left_to_who_leads(as_wang, as_zhao, planned):
    assert post(as_wang, f"{PLANS}/{planned.pk}/move", to="2026-03-12").status_code == 403
    assert post(as_zhao, f"{PLANS}/{planned.pk}/move", to="2026-03-12").status_code == 200


@pytest.mark.parametrize(
    ("asked", "count"),
    [
        ("", 1),
        ("?standing=ahead", 1),
        ("?standing=overdue", 0),
        ("?owner=lin&since=2026-03-10&until=2026-03-10", 1),
        ("?owner=wang", 0),
        ("?since=2026-03-11", 0),
        ("?customer=C999999", 0),
    ],
)
def test_the_list_is_narrowed(as_zhao, as_wang, planned, asked, count):
    assert len(as_zhao.get(PLANS + asked).json()["items"]) == count
    assert as_wang.get(PLANS + asked).json()["items"] == [], "only one's own unless one leads"


def test_a_list_of_something_unknown_is_refused(as_zhao):
    assert as_zhao.get(PLANS + "?standing=late").status_code == 422


def test_coverage_counts_what_was_due(as_zhao, as_lin, as_wang, planned):
    PlannedContact.objects.filter(pk=planned.pk).update(state="missed", due_on=date(2026, 3, 1))
    told = as_zhao.get("/api/v1/care-coverage?per=month&since=2026-03-15").json()
    assert (told["begins"], told["whole"]["due"], told["whole"]["missed"]) == ("2026-03-01", 1, 1)
    assert told["by_tier"][0]["key"] == "vip"
    assert as_lin.get("/api/v1/care-coverage").json()["whole"]["due"] == 1
    assert as_wang.get("/api/v1/care-coverage").json()["whole"]["due"] == 0
    assert as_zhao.get("/api/v1/care-coverage?per=year").status_code == 422
