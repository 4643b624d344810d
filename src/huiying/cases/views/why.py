"""Why this deadline? (SPEC C6, clock contract 13)"""

from __future__ import annotations

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils.timezone import now
from django.views.decorators.http import require_GET

from huiying.cases.views.deed import visible_case
from huiying.deadlines.holders import holders_of
from huiying.deadlines.models import Clock
from huiying.deadlines.queries import why as reasons
from huiying.staff.http import DeskRequest


@require_GET
def why(request: DeskRequest, number: str, pk: int) -> HttpResponse:
    case = visible_case(request, number)
    clock = get_object_or_404(Clock.objects.about(case).select_related("owner", "team", "department"), pk=pk)
    reckoned = reasons(clock, holders_of([clock], now=now())[clock.pk])
    return render(request, "cases/_why.html", {"case": case, "why": reckoned, "clock": clock})
