"""A case at the desk, and the few deeds that move its clocks."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime

import pytest
from django.utils.dateparse import parse_datetime

from huiying.cases.actions import Caller, Draft, register
from huiying.cases.models import Case
from huiying.deadlines.models import Clock

MONDAY_MORNING = parse_datetime("2026-03-02T10:00:00+08:00")


@pytest.fixture
def registered(town, actor) -> Callable[..., Case]:
    def register_(*, kind: str = "complaint", level: str = "general", at: datetime | None = None) -> Case:
        draft = Draft(
            kind=kind,
            level=level,
            channel="phone",
            description="冰箱送货延误三天",
            caller=Caller(customer=town.zhang),
        )
        return register(draft, by=actor(town.wang), at=at or MONDAY_MORNING)

    return register_


@pytest.fixture
def case(registered) -> Case:
    return registered()


@pytest.fixture
def clock_of() -> Callable[..., Clock]:
    """Return the latest clock of a kind on a case."""

    def clock_of_(case: Case, kind: str) -> Clock:
        return Clock.objects.about(case).filter(kind=kind).latest("id")

    return clock_of_
