"""The settings page of the routes: in which order they are tried, what each asks, and where it leads."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.timezone import now
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from huiying.cases.actions.route import add_route, lower_route, raise_route, revise_route
from huiying.cases.forms.route import RouteForm
from huiying.cases.models import Route
from huiying.cases.policies import may_arrange
from huiying.journal.models import Entry
from huiying.kit.guards import ensure
from huiying.staff.http import DeskRequest

HOME = "cases:settings_routes"
SHIFTS = {"up": raise_route, "down": lower_route}


@require_GET
def routes(request: DeskRequest) -> HttpResponse:
    ensure(may_arrange(request.actor))
    shown = Route.objects.select_related("team__department", "category")
    return render(request, "cases/settings/routes.html", {"routes": shown})


def new_route(request: DeskRequest) -> HttpResponse:
    ensure(may_arrange(request.actor))
    form = RouteForm(request.POST) if request.method == "POST" else RouteForm()
    if form.is_bound and form.is_valid():
        added = add_route(form.draft(), by=request.actor, at=now())
        messages.success(request, _("“%(name)s” was added.") % {"name": added.name})
        return redirect(HOME)
    return render(request, "cases/settings/route.html", {"form": form}, status=422 if form.is_bound else 200)


def route(request: DeskRequest, pk: int) -> HttpResponse:
    ensure(may_arrange(request.actor))
    kept = get_object_or_404(Route, pk=pk)
    form = RouteForm(request.POST) if request.method == "POST" else RouteForm.of(kept)
    if form.is_bound and form.is_valid():
        revise_route(kept, form.draft(), by=request.actor, at=now())
        messages.success(request, _("“%(name)s” was saved.") % {"name": kept.name})
        return redirect(HOME)
    context = {"form": form, "route": kept, "history": Entry.objects.about(kept).order_by("-id")[:10]}
    return render(request, "cases/settings/route.html", context, status=422 if form.is_bound else 200)


@require_POST
def place(request: DeskRequest, pk: int) -> HttpResponse:
    """Try the route earlier (`to=up`) or later (`to=down`)."""
    shift = SHIFTS.get(request.POST.get("to", ""))
    if shift is not None:
        shift(get_object_or_404(Route, pk=pk), by=request.actor, at=now())
    return redirect(HOME)
