"""The desk: where a working day begins and is looked at in between."""

from __future__ import annotations

from datetime import datetime

from django.http import HttpResponse
from django.shortcuts import render
from django.utils import dateformat, timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from huiying.cases.queries.desk import desk_of
from huiying.cases.queries.incidents import concerns_of
from huiying.cases.queries.slips import slips_of
from huiying.staff.http import DeskRequest


@require_GET
def desk(request: DeskRequest) -> HttpResponse:
    at = timezone.now()
    context = {
        "desk": desk_of(request.actor, at=at, chosen=request.GET.get("show", "")),
        "concerns": concerns_of(request.actor),
        "slips": slips_of(request.user.pk),
        "greeting": greeting(request.actor.name, at=timezone.localtime(at)),
        # Translators: a Django date format, for the day at the head of the desk
        "day": dateformat.format(timezone.localtime(at), _("l, j F")),
    }
    return render(request, "cases/_desk.html" if request.htmx else "cases/desk.html", context)


def greeting(name: str, *, at: datetime) -> str:
    """Greet as one does at this hour."""
    hour = at.hour
    if 5 <= hour < 9:
        return _("Good early morning, %(name)s") % {"name": name}
    if 9 <= hour < 12:
        return _("Good morning, %(name)s") % {"name": name}
    if 12 <= hour < 14:
        return _("Good noon, %(name)s") % {"name": name}
    if 14 <= hour < 18:
        return _("Good afternoon, %(name)s") % {"name": name}
    return _("Good evening, %(name)s") % {"name": name}
