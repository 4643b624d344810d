"""Watching a case, and no longer."""

from __future__ import annotations

from django.http import HttpResponse
from django.utils.timezone import now
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_POST

from huiying.cases.actions import unwatch, watch
from huiying.cases.views.deed import done, visible_case
from huiying.staff.http import DeskRequest


@require_POST
def watching(request: DeskRequest, number: str) -> HttpResponse:
    case = visible_case(request, number)
    watch(case, by=request.actor, at=now())
    return done(request, case, _("You watch this case and are told what happens to it."))


@require_POST
def ending(request: DeskRequest, number: str) -> HttpResponse:
    case = visible_case(request, number)
    unwatch(case, by=request.actor, at=now())
    return done(request, case, _("You no longer watch this case."))
