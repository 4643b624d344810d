"""Where a new case goes: the first route whose conditions hold, then the least loaded person on shift (SPEC C5)."""

from __future__ import annotations

from dataclasses import dataclass

from django.db.models import Count, Q

from huiying.cases.lifecycle import OPEN
from huiying.cases.models import Case, Route
from huiying.staff.models import Team, User


@dataclass(frozen=True)
class Destination:
    """Where to, and why: `rule` is the route's name, "" when no route fits."""

    team: Team | None = None
    owner: User | None = None
    rule: str = ""
    reason: str = ""


def destination_of(case: Case) -> Destination:
    """Return where the case belongs; a case that no route fits stays unassigned and visible to supervisors."""
    for route in Route.objects.filter(active=True).select_related("team__department", "category"):
        if fits(route, case):
            manager = manager_of(case) if route.to_manager else None
            if manager is not None:
                return Destination(manager.team or route.team, manager, route.name, "manager")
            owner = least_loaded(route.team)
            return Destination(route.team, owner, route.name, "least-loaded" if owner else "nobody-on-shift")
    return Destination()


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


def least_loaded(team: Team) -> User | None:
    """Return who on shift in the team has fewest open cases; ties go to who has been here longest."""
    on_shift = User.objects.on_shift().filter(team=team).select_related("role")
    by_load = on_shift.annotate(load=Count("cases", filter=Q(cases__stage__in=OPEN))).order_by("load", "id")
    return next((user for user in by_load if "cases.accept" in user.role.powers), None)
