"""A second handling goes to somebody else than who had it before, when there is anybody (SPEC C15)."""

from __future__ import annotations

from django.utils.timezone import localdate

from huiying.cases.actions.candidates import TOLD_AT_MOST, candidates_of
from huiying.cases.actions.recusal import passed_over_in
from huiying.cases.models import Case, Route

HANDLED = "handled-before"
ELSEWHERE, ALONE = "second-handling", "second-handling-alone"


def pass_to_another(case: Case) -> None:
    """Give a held case to the least loaded of its team who has not had it yet, and keep why; in memory but for that."""
    if case.owner is None or case.team is None:
        return
    handled = {*case.routing.get("handled", []), case.owner_id}
    besides = dict.fromkeys(handled, HANDLED) | passed_over_in(case)
    route = Route.objects.filter(pk=case.routing.get("route")).first()
    people = candidates_of(case.team, skill=route.skill if route else "", on=localdate(), besides=besides)
    another = people[0].user if people and not people[0].why_not else None
    case.routing = {
        **case.routing,
        "reason": ELSEWHERE if another else ALONE,
        "considered": [one.told for one in people[:TOLD_AT_MOST]],
        "handled": sorted(handled),
    }
    case.owner = another or case.owner
    Case.objects.filter(pk=case.pk).update(routing=case.routing)
