"""Saving the filters of the list as a view; counts are fetched once the page is up."""

from __future__ import annotations

from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.timezone import now
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_GET, require_POST

from huiying.cases.actions.saved_view import remove_view, revise_view, revive_view, save_view
from huiying.cases.forms.saved_view import SavedViewForm, ViewRevisionForm
from huiying.cases.models import SavedView
from huiying.cases.policies import may_change_view
from huiying.cases.queries.saved_view import count_in_view, offered_to
from huiying.cases.views.deed import Sheet
from huiying.kit.guards import DomainError
from huiying.kit.paging import query_with
from huiying.staff.http import DeskRequest

NEW = Sheet(title=_("Save the filters as a view"), button=_("Save"), done="")
REVISION = Sheet(title=_("Change the view"), button=_("Save"), done="")


def new(request: DeskRequest) -> HttpResponse:
    if request.method != "POST":
        query = query_with(request.GET, cursor="", saved="", removed="")
        return show(request, SavedViewForm(actor=request.actor, initial={"query": query}), NEW)
    form = SavedViewForm(request.POST, actor=request.actor)
    if form.is_valid():
        try:
            return opened(request, save_view(form.draft(), by=request.actor, at=now()))
        except DomainError as refusal:
            form.refuse(refusal)
    return show(request, form, NEW)


def revision(request: DeskRequest, pk: int) -> HttpResponse:
    """Rename a view, share it, take over the filters as they are set now."""
    view = own_view(request, pk)
    if request.method != "POST":
        query = query_with(request.GET, cursor="", saved="", removed="")
        initial = {"query": query, "name": view.name, "audience": view.audience}
        return show(request, ViewRevisionForm(actor=request.actor, view=view, initial=initial), REVISION, view)
    form = ViewRevisionForm(request.POST, actor=request.actor, view=view)
    if form.is_valid():
        try:
            return opened(request, revise_view(view, form.draft(), by=request.actor, at=now()))
        except DomainError as refusal:
            form.refuse(refusal)
    return show(request, form, REVISION, view)


@require_POST
def removal(request: DeskRequest, pk: int) -> HttpResponse:
    view = own_view(request, pk)
    remove_view(view, by=request.actor, at=now())
    return redirected(request, f"{reverse('cases:list')}?removed={view.pk}")


@require_POST
def revival(request: DeskRequest, pk: int) -> HttpResponse:
    view = own_view(request, pk)
    revive_view(view, by=request.actor, at=now())
    return opened(request, view)


@require_GET
def counts(request: DeskRequest) -> HttpResponse:
    """How many cases each view shows the reader, as parts that take their places by themselves."""
    at = now()
    counted = [(view, count_in_view(view, by=request.actor, at=at)) for view in offered_to(request.actor)]
    return render(request, "cases/_view_counts.html", {"counted": counted})


def own_view(request: DeskRequest, pk: int) -> SavedView:
    """Return a view that the actor may change; any other is not to be known of here."""
    view = get_object_or_404(SavedView.objects.visible_to(request.actor), pk=pk)
    if not may_change_view(request.actor, view):
        raise Http404
    return view


def show(request: DeskRequest, form: SavedViewForm, sheet: Sheet, view: SavedView | None = None) -> HttpResponse:
    page = "cases/_view_form.html" if request.htmx else "cases/view_form.html"
    context = {"form": form, "sheet": sheet, "view": view}
    return render(request, page, context, status=422 if form.errors else 200)


def opened(request: DeskRequest, view: SavedView) -> HttpResponse:
    return redirected(request, f"{reverse('cases:list')}?{view.query}")


def redirected(request: DeskRequest, address: str) -> HttpResponse:
    if request.htmx:
        return HttpResponse(status=204, headers={"HX-Redirect": address})
    return redirect(address)
