"""Taking a case down: what its number and its customer keep of the moment."""

from __future__ import annotations

from datetime import UTC, datetime

from huiying.cases.actions import Caller, Draft, register

NEW_YEAR_IN_SHANGHAI = datetime(2026, 12, 31, 17, 30, tzinfo=UTC)


def test_year_and_day_are_those_of_the_house(town, actor):
    caller = Caller(name="赵一", phone="13900001111")
    draft = Draft(kind="complaint", channel="phone", description="漏水", caller=caller)
    case = register(draft, by=actor(town.wang), at=NEW_YEAR_IN_SHANGHAI)
    assert case.number.startswith("C2027-")
    assert case.customer.first_contact_on.isoformat() == "2027-01-01"
