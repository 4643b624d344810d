"""Keeping the routes that new cases take (SPEC C5). Their order matters: the first one that fits wins."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from huiying.cases.models import Category, Kind, Route
from huiying.cases.policies import may_arrange
from huiying.cases.verbs import ROUTE_ADDED, ROUTE_CHANGED
from huiying.journal.actors import Actor
from huiying.journal.entries import record
from huiying.kit.guards import BadInput, ensure
from huiying.staff.models import Team


@dataclass(frozen=True, kw_only=True)
class RouteDraft:
    """Which cases, and where to; what is empty is not asked."""

    name: str
    team: Team
    kind: str = ""
    category: Category | None = None
    vip_only: bool = False
    skill: str = ""
    to_manager: bool = False
    active: bool = True


@transaction.atomic
def add_route(draft: RouteDraft, *, by: Actor, at: datetime) -> Route:
    """Add a route before all others that ask less, that is on top."""
    ensure(may_arrange(by))
    route = Route(position=0)
    apply(draft, route)
    place([route, *Route.objects.all()])
    record(ROUTE_ADDED, route, by=by, at=at, name=route.name)
    return route


@transaction.atomic
def revise_route(route: Route, draft: RouteDraft, *, by: Actor, at: datetime) -> Route:
    """Change what a route asks or where it leads; cases already routed stay where they are."""
    ensure(may_arrange(by))
    apply(draft, route)
    record(ROUTE_CHANGED, route, by=by, at=at, name=route.name, active=route.active)
    return route


@transaction.atomic
def raise_route(route: Route, *, by: Actor, at: datetime) -> Route:
    """Let the route be tried one place earlier; the first one stays first."""
    return shift(route, -1, by=by, at=at)


@transaction.atomic
def lower_route(route: Route, *, by: Actor, at: datetime) -> Route:
    """Let the route be tried one place later; the last one stays last."""
    return shift(route, 1, by=by, at=at)


def shift(route: Route, places: int, *, by: Actor, at: datetime) -> Route:
    ensure(may_arrange(by))
    routes = list(Route.objects.select_for_update())
    here = routes.index(route)
    there = min(max(here + places, 0), len(routes) - 1)
    if there != here:
        routes.insert(there, routes.pop(here))
        place(routes)
        record(ROUTE_CHANGED, route, by=by, at=at, name=route.name, position=there + 1)
    return route


def place(routes: list[Route]) -> None:
    for position, route in enumerate(routes, 1):
        if route.position != position:
            route.position = position
            Route.objects.filter(pk=route.pk).update(position=position)


def apply(draft: RouteDraft, route: Route) -> None:
    if not draft.name.strip():
        raise BadInput(_("Please give the route a name."), field="name")
    if draft.kind and draft.kind not in Kind.values:
        raise BadInput(_("“{value}” is no kind of case.").format(value=draft.kind), field="kind")
    route.name, route.team = draft.name.strip()[:60], draft.team
    route.kind, route.category = draft.kind, draft.category
    route.skill = draft.skill.strip()[:30]
    route.vip_only, route.to_manager, route.active = draft.vip_only, draft.to_manager, draft.active
    route.save()
