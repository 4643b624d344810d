"""Who else has this case open."""

from __future__ import annotations

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils.timezone import now
from django.views.decorators.http import require_POST

from huiying.cases.actions.presence import be_present
from huiying.cases.models import Case, Presence
from huiying.staff.http import DeskRequest


@require_POST
def presence(request: DeskRequest, number: str) -> HttpResponse:
    """Say what one is doing here, and hear who else is."""
    case = get_object_or_404(Case.objects.visible_to(request.actor).only("pk"), number=number)
    be_present(case, request.POST.get("doing", Presence.Doing.VIEWING), by=request.user.pk, at=now())
    others = Presence.objects.here(case, now=now()).exclude(user=request.user).select_related("user")
    return render(request, "cases/_presence.html", {"others": others.only("doing", "user__name").order_by("id")})
