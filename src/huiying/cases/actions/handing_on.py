"""Handing on what nobody accepted in time: to the next who can take it, else to the team's queue (SPEC C5)."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from huiying.cases.actions.recusal import passed_over_in
from huiying.cases.actions.routing import Destination, destination_by
from huiying.cases.actions.step import held, step
from huiying.cases.lifecycle import Stage
from huiying.cases.models import Case, Route
from huiying.cases.verbs import HANDED_ON
from huiying.journal.actors import Actor


@transaction.atomic
def hand_on(case: Case, *, by: Actor, at: datetime) -> Case:
    """Give a received case to somebody else than who let it lie; who was passed over before stays passed over."""
    case = held(case)
    if case.stage != Stage.RECEIVED or case.owner is None:
        return case
    let_lie = {*case.routing.get("let_lie", []), case.owner_id}
    besides = dict.fromkeys(let_lie, "let-it-lie") | passed_over_in(case)
    route = Route.objects.filter(pk=case.routing.get("route"), active=True).select_related("team__department").first()
    destination = destination_by(route, case, besides=besides) if route else Destination(case.team)
    before, case.owner = case.owner, destination.owner
    if destination.team is not None:
        case.team, case.department = destination.team, destination.team.department
    case.routing = {**case.routing, **destination.told, "let_lie": sorted(let_lie)}
    Case.objects.filter(pk=case.pk).update(routing=case.routing)
    to = case.owner.name if case.owner else str(case.team or "")
    facts = {"to_id": case.owner_id} if case.owner else {"team_id": case.team_id}
    step(HANDED_ON, case, by=by, at=at, to=to, before=before.name, **facts)
    return case
