"""The settings pages of the roles: what they allow, and whom a change touches."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from huiying.journal.models import Entry
from huiying.kit.guards import DomainError, ensure
from huiying.staff import queries
from huiying.staff.actions import roles
from huiying.staff.forms.role import RoleForm
from huiying.staff.http import DeskRequest
from huiying.staff.models import Role
from huiying.staff.policies import may_grant, may_manage_people

HOME = "settings_roles"


@require_GET
def role_list(request: DeskRequest) -> HttpResponse:
    ensure(may_manage_people(request.actor))
    return render(request, "staff/roles.html", {"roles": queries.roles()})


def new_role(request: DeskRequest) -> HttpResponse:
    ensure(may_manage_people(request.actor))
    form = RoleForm(request.POST) if request.method == "POST" else RoleForm()
    if form.is_bound and form.is_valid():
        try:
            return saved(request, roles.add_role(form.draft(), by=request.actor))
        except DomainError as refused:
            form.refuse(refused)
    return render(request, "staff/role.html", {"form": form}, status=422 if form.is_bound else 200)


def role(request: DeskRequest, pk: int) -> HttpResponse:
    """Show the role; a change is previewed with whom it touches, and made when that was `confirmed`."""
    ensure(may_manage_people(request.actor))
    kept = get_object_or_404(Role, pk=pk)
    form = RoleForm(request.POST) if request.method == "POST" else RoleForm.of(kept)
    preview = None
    if form.is_bound and form.is_valid():
        preview = roles.preview(kept, form.draft())
        if "confirmed" in request.POST or not preview.changes_anything:
            try:
                roles.change_role(kept, form.draft(), by=request.actor)
                return saved(request, kept)
            except DomainError as refused:
                form.refuse(refused)
                preview = None
    context = {
        "form": form,
        "role": get_object_or_404(Role, pk=pk),
        "preview": preview,
        "may_grant": may_grant(request.actor, kept),
        "people": kept.users.working().select_related("department"),
        "history": Entry.objects.about(kept).order_by("-id")[:10],
    }
    return render(request, "staff/role.html", context, status=422 if form.errors else 200)


@require_POST
def removal(request: DeskRequest, pk: int) -> HttpResponse:
    kept = get_object_or_404(Role, pk=pk)
    roles.remove_role(kept, by=request.actor)
    messages.success(request, _("“%(name)s” was removed.") % {"name": kept.name})
    return redirect(HOME)


def saved(request: DeskRequest, kept: Role) -> HttpResponse:
    messages.success(request, _("“%(name)s” was saved.") % {"name": kept.name})
    return redirect(HOME)
