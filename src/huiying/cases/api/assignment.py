"""Giving a case to somebody."""

from __future__ import annotations

from django.utils import timezone
from django.utils.translation import gettext_lazy
from django.utils.translation import gettext_noop as _

from huiying.cases.actions import assign, assign_to_team
from huiying.cases.api.router import router
from huiying.cases.api.shown import CaseNow, now_shown, visible_case
from huiying.kit.guards import BadInput
from huiying.kit.rest import Ask, Line, Reference
from huiying.staff.http import ApiRequest
from huiying.staff.references import person_named, team_named


class AssignmentAsk(Ask):
    """Either a person in `to`, by sign-in name or key, or a `team`, by name or key."""

    to: Reference | None = None
    team: Reference | None = None
    reason: Line = ""


@router.post("/cases/{number}/assignment", response=CaseNow, summary=_("Give a case to a person or a team"))
def assignment(request: ApiRequest, number: str, ask: AssignmentAsk) -> CaseNow:
    case, at = visible_case(request, number), timezone.now()
    if bool(ask.to) == bool(ask.team):
        raise BadInput(gettext_lazy("Say either to whom or to which team."), field="to")
    if ask.to:
        person = person_named(ask.to, field="to")
        return now_shown(assign(case, to=person, by=request.actor, at=at, reason=ask.reason))
    team = team_named(ask.team or "", field="team")
    return now_shown(assign_to_team(case, team=team, by=request.actor, at=at, reason=ask.reason))
