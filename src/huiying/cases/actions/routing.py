"""Where a new case goes: the first route whose conditions hold, then the least loaded person on shift (SPEC C5)."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from django.utils.timezone import localdate

from huiying.cases.actions.candidates import NOBODY, TOLD_AT_MOST, Candidate, candidates_of, stand_in_for
from huiying.cases.models import Case, Route
from huiying.staff.models import Team, User


@dataclass(frozen=True)
class Destination:
    """Where to, and why: `rule` is the route's name, "" when no route fits."""

    team: Team | None = None
    owner: User | None = None
    rule: str = ""
    reason: str = ""
    considered: tuple[Candidate, ...] = ()
    route: int | None = None

    @property
    def told(self) -> dict[str, object]:
        """What the case remembers of how it was routed; {} where no route fitted."""
        if self.team is None:
            return {}
        people = [candidate.told for candidate in self.considered[:TOLD_AT_MOST]]
        return {"rule": self.rule, "route": self.route, "reason": self.reason, "considered": people}


def destination_of(case: Case, *, besides: Mapping[int, str] = NOBODY) -> Destination:
    """Return where the case belongs; a case that no route fits stays unassigned and visible to supervisors.

    `besides` are those who may not get it, each with why.
    """
    for route in Route.objects.filter(active=True).select_related("team__department", "category"):
        if fits(route, case):
            return destination_by(route, case, besides=besides)
    return Destination()


def destination_by(route: Route, case: Case, *, besides: Mapping[int, str] = NOBODY) -> Destination:
    """Return where a route leads today: to the account manager or who stands in, else to the least loaded."""
    today = localdate()
    manager = manager_of(case) if route.to_manager else None
    if manager is not None:
        stand_in = stand_in_for(manager, on=today)
        if stand_in is not None and stand_in.pk not in besides:
            reason = "manager" if stand_in == manager else "substitute"
            return Destination(stand_in.team or route.team, stand_in, route.name, reason, route=route.pk)
    people = candidates_of(route.team, skill=route.skill, on=today, besides=besides)
    owner = people[0].user if people and not people[0].why_not else None
    reason = "least-loaded" if owner else "nobody-on-shift"
    return Destination(route.team, owner, route.name, reason, tuple(people), route.pk)


def fits(route: Route, case: Case) -> bool:
    if route.kind and route.kind != case.kind:
        return False
    if route.vip_only and not (case.customer and case.customer.is_vip):
        return False
    if route.category is None:
        return True
    return case.category is not None and case.category.path.startswith(route.category.path)


def manager_of(case: Case) -> User | None:
    manager = case.customer.owner if case.customer else None
    return manager if manager is not None and manager.is_active else None
