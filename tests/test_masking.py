"""Whoever may not see numbers whole sees them covered, wherever they stand (SPEC I1)."""

from __future__ import annotations

import pytest

from huiying.cases import actions as act
from huiying.cases.tests.lodging import lodge
from huiying.staff.models import Role, User

PHONE = "13800138000"


@pytest.fixture
def places(town) -> list[str]:
    case = lodge(town.wang, team=town.first_team, owner=town.wang, caller=act.Caller(customer=town.zhang))
    number = town.zhang.number
    return [
        f"/cases/{case.number}/",
        "/cases/",
        "/cases/export.csv",
        "/customers/",
        "/customers/export.csv",
        f"/customers/{number}/",
        f"/customers/{number}/card/",
        f"/customers/{number}/timeline/",
        "/customers/lookup/?q=8000",
        f"/api/v1/cases/{case.number}",
        f"/api/v1/cases/{case.number}/timeline",
        f"/api/v1/customers/{number}",
        "/api/v1/customers?q=8000",
        "/api/v1/contacts",
        "/api/v1/search?q=8000",
    ]


def shown(client, place: str) -> str:
    answer = client.get(place)
    assert answer.status_code in {200, 403}, place
    return b"".join(answer).decode() if answer.streaming else answer.content.decode()


@pytest.mark.parametrize("may_uncover", [True, False])
def test_no_page_list_file_or_call_shows_a_number_whole(town, places, sign_in, may_uncover):
    role = Role.objects.get(code="supervisor")
    role.powers = [power for power in role.powers if may_uncover or power != "customers.uncover"]
    role.save()
    client = sign_in(User.objects.get(pk=town.li.pk))
    whole = [place for place in places if PHONE in shown(client, place).replace(" ", "")]
    assert whole == []
