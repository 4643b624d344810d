"""The settings pages of departments and teams."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from huiying.journal.models import Entry
from huiying.kit.forms import DeskForm
from huiying.kit.guards import DomainError, ensure
from huiying.staff.actions import organisation
from huiying.staff.forms.place import DepartmentForm, TeamForm
from huiying.staff.http import DeskRequest
from huiying.staff.models import Department, Team
from huiying.staff.policies import may_manage_people
from huiying.staff.queries import places

HOME = "settings_departments"


@require_GET
def departments(request: DeskRequest) -> HttpResponse:
    ensure(may_manage_people(request.actor))
    return render(request, "staff/departments.html", {"places": places()})


def new_department(request: DeskRequest) -> HttpResponse:
    ensure(may_manage_people(request.actor))
    above = request.GET.get("under", "")
    form = DepartmentForm(request.POST) if request.method == "POST" else DepartmentForm(initial={"parent": above})
    if form.is_bound and form.is_valid():
        try:
            added = organisation.add_department(form.draft(), by=request.actor)
        except DomainError as refused:
            form.refuse(refused)
        else:
            return saved(request, added.name)
    return page(request, form, title=_("Add a department"))


def department(request: DeskRequest, pk: int) -> HttpResponse:
    ensure(may_manage_people(request.actor))
    kept = get_object_or_404(Department, pk=pk)
    name = str(kept)
    form = DepartmentForm(request.POST) if request.method == "POST" else DepartmentForm.of(kept)
    if form.is_bound and form.is_valid():
        try:
            organisation.change_department(kept, form.draft(), by=request.actor)
        except DomainError as refused:
            form.refuse(refused)
        else:
            return saved(request, kept.name)
    people = kept.people.working().order_by("name")
    return page(request, form, title=name, people=people, history=history_of(kept))


def new_team(request: DeskRequest) -> HttpResponse:
    ensure(may_manage_people(request.actor))
    home = request.GET.get("department", "")
    form = TeamForm(request.POST) if request.method == "POST" else TeamForm(initial={"department": home})
    if form.is_bound and form.is_valid():
        try:
            added = organisation.add_team(form.draft(), by=request.actor)
        except DomainError as refused:
            form.refuse(refused)
        else:
            return saved(request, added.name)
    return page(request, form, title=_("Add a team"))


def team(request: DeskRequest, pk: int) -> HttpResponse:
    ensure(may_manage_people(request.actor))
    kept = get_object_or_404(Team.objects.select_related("department"), pk=pk)
    name = str(kept)
    form = TeamForm(request.POST) if request.method == "POST" else TeamForm.of(kept)
    if form.is_bound and form.is_valid():
        try:
            organisation.change_team(kept, form.draft(), by=request.actor)
        except DomainError as refused:
            form.refuse(refused)
        else:
            return saved(request, kept.name)
    people = kept.people.working().order_by("name")
    return page(request, form, title=name, people=people, history=history_of(kept))


def history_of(thing: Department | Team) -> Any:
    return Entry.objects.about(thing).order_by("-id")[:10]


def saved(request: DeskRequest, name: str) -> HttpResponse:
    messages.success(request, _("“%(name)s” was saved.") % {"name": name})
    return redirect(HOME)


def page(request: DeskRequest, form: DeskForm, **context: Any) -> HttpResponse:
    return render(request, "staff/place.html", {"form": form, **context}, status=422 if form.is_bound else 200)
