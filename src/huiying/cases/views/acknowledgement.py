"""Saying on the page of a case that one has seen its escalation."""

from __future__ import annotations

from django.http import HttpResponse
from django.shortcuts import get_object_or_404
from django.utils.timezone import now
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_POST

from huiying.cases.views.deed import done, visible_case
from huiying.notifications.actions.call import acknowledge
from huiying.notifications.queries import calls_about
from huiying.staff.http import DeskRequest


@require_POST
def acknowledgement(request: DeskRequest, number: str, pk: int) -> HttpResponse:
    case = visible_case(request, number)
    notice = get_object_or_404(calls_about(case, request.actor), pk=pk)
    acknowledge(notice, by=request.actor, at=now())
    return done(request, case, _("Noted that you have seen it."))
