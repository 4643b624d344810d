"""Why this deadline? (SPEC C6, clock contract 13)"""

from __future__ import annotations

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils.timezone import now
from django.views.decorators.http import require_GET

from huiying.cases.models import Case
from huiying.cases.policies import may_ask_more_time
from huiying.cases.views.deed import visible_case
from huiying.deadlines.holders import holders_of
from huiying.deadlines.models import Clock
from huiying.deadlines.queries import why as reasons
from huiying.notifications.queries import answers_about
from huiying.staff.http import DeskRequest


@require_GET
def why(request: DeskRequest, number: str, pk: int) -> HttpResponse:
    case = visible_case(request, number)
    clock = get_object_or_404(Clock.objects.about(case).select_related("policy", "owner", "team", "department"), pk=pk)
    reckoned = reasons(clock, holders_of([clock], now=now())[clock.pk])
    context = {"case": case, "why": reckoned, "clock": clock, "may_extend": may_extend(request, case, clock)}
    context["calls"] = answers_about(clock.subject_type, clock.subject_id, clock.pk)
    return render(request, "cases/_why.html", context)


def may_extend(request: DeskRequest, case: Case, clock: Clock) -> bool:
    in_time = clock.is_running and clock.breached_at is None
    return in_time and clock.policy.extension is not None and may_ask_more_time(request.actor, case)
