"""The log of dispatches: what left Huiying for whom over which road, and what did not arrive."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.timezone import now
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from huiying.kit.guards import ensure
from huiying.kit.paging import neighbours, page_of
from huiying.notifications.actions.dispatch import try_again
from huiying.notifications.models import Dispatch
from huiying.notifications.policies import may_arrange_notices
from huiying.staff.http import DeskRequest

PAGE = 50
NEWEST_FIRST = "-id"


@require_GET
def dispatch_list(request: DeskRequest) -> HttpResponse:
    ensure(may_arrange_notices(request.actor))
    troubled = request.GET.get("view") == "troubled"
    rows = Dispatch.objects.select_related("notice__user", "notice__entry")
    rows = rows.troubled() if troubled else rows
    page = page_of(rows, by=NEWEST_FIRST, cursor=request.GET.get("cursor", ""), limit=PAGE)
    context = {"page": page, "troubled": troubled, "now": now(), **neighbours(request.GET, page)}
    return render(request, "notifications/settings/dispatches.html", context)


@require_POST
def another_try(request: DeskRequest, pk: int) -> HttpResponse:
    """Send once more what did not arrive."""
    ensure(may_arrange_notices(request.actor))
    dispatch = get_object_or_404(Dispatch.objects.select_related("notice__user"), pk=pk)
    try_again(dispatch, by=request.actor, at=now())
    messages.success(request, _("It is sent once more."))
    return redirect("notice_dispatches")
