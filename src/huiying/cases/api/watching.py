"""Watching a case, and no longer."""

from __future__ import annotations

from django.utils import timezone
from django.utils.translation import gettext_noop as _
from ninja import Router, Schema

from huiying.cases.actions import unwatch, watch
from huiying.cases.api.shown import visible_case
from huiying.cases.models import Case
from huiying.cases.queries.concerned import watchers_on
from huiying.staff.api import Person, person
from huiying.staff.http import ApiRequest

router = Router(tags=["cases"])


class WatchersShown(Schema):
    """Who watches the case."""

    watchers: list[Person]


@router.put("/cases/{number}/watching", response=WatchersShown, summary=_("Watch a case"))
def begin(request: ApiRequest, number: str) -> WatchersShown:
    case = visible_case(request, number)
    watch(case, by=request.actor, at=timezone.now())
    return WatchersShown(watchers=watchers_shown(case))


@router.delete("/cases/{number}/watching", response=WatchersShown, summary=_("No longer watch a case"))
def end(request: ApiRequest, number: str) -> WatchersShown:
    case = visible_case(request, number)
    unwatch(case, by=request.actor, at=timezone.now())
    return WatchersShown(watchers=watchers_shown(case))


def watchers_shown(case: Case) -> list[Person]:
    return [shown for one in watchers_on(case) if (shown := person(one)) is not None]
