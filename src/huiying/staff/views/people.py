"""The settings pages of the people who work here."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_POST

from huiying.journal.models import Entry
from huiying.kit.guards import DomainError, ensure
from huiying.staff.actions import people
from huiying.staff.forms.person import PersonForm
from huiying.staff.http import DeskRequest
from huiying.staff.links import sign_in_link
from huiying.staff.models import User
from huiying.staff.policies import is_oneself, may_manage, may_manage_people
from huiying.staff.queries import people as people_found

HOME, PERSON = "settings_people", "settings_person"
LINK = "sign_in_link"


@require_GET
def people_list(request: DeskRequest) -> HttpResponse:
    ensure(may_manage_people(request.actor))
    query, gone = request.GET.get("q", ""), request.GET.get("gone") == "yes"
    context = {"people": people_found(query, gone=gone), "query": query, "gone": gone}
    return render(request, "staff/people.html", context)


def new_person(request: DeskRequest) -> HttpResponse:
    ensure(may_manage_people(request.actor))
    form = PersonForm(request.POST) if request.method == "POST" else PersonForm()
    if form.is_bound and form.is_valid():
        try:
            added = people.add_person(form.draft(), by=request.actor)
        except DomainError as refused:
            form.refuse(refused)
        else:
            return show_link(request, added)
    return render(request, "staff/person.html", {"form": form}, status=422 if form.is_bound else 200)


@never_cache
def person(request: DeskRequest, pk: int) -> HttpResponse:
    ensure(may_manage_people(request.actor))
    kept = get_object_or_404(User.objects.with_standing(), pk=pk)
    form = PersonForm(request.POST) if request.method == "POST" else PersonForm.of(kept)
    if form.is_bound and form.is_valid():
        try:
            people.change_person(kept, form.draft(), by=request.actor)
        except DomainError as refused:
            form.refuse(refused)
        else:
            messages.success(request, _("“%(name)s” was saved.") % {"name": kept.name})
            return redirect(HOME)
    context = {
        "form": form,
        "person": get_object_or_404(User.objects.with_standing(), pk=pk),
        "may_manage": may_manage(request.actor, kept),
        "is_oneself": is_oneself(request.actor, kept),
        "link": request.session.pop(LINK, None),
        "history": Entry.objects.about(kept).order_by("-id")[:10],
    }
    return render(request, "staff/person.html", context, status=422 if form.is_bound else 200)


@require_POST
def access(request: DeskRequest, pk: int) -> HttpResponse:
    """Void the old password and show a new sign-in link, once."""
    kept = get_object_or_404(User.objects.with_standing(), pk=pk)
    people.reset_access(kept, by=request.actor)
    return show_link(request, kept)


@require_POST
def deactivation(request: DeskRequest, pk: int) -> HttpResponse:
    kept = get_object_or_404(User.objects.with_standing(), pk=pk)
    people.deactivate(kept, by=request.actor)
    messages.success(request, _("%(name)s can no longer sign in. What they did stays.") % {"name": kept.name})
    return redirect(PERSON, pk)


@require_POST
def reactivation(request: DeskRequest, pk: int) -> HttpResponse:
    kept = get_object_or_404(User.objects.with_standing(), pk=pk)
    people.reactivate(kept, by=request.actor)
    messages.success(request, _("%(name)s can sign in again.") % {"name": kept.name})
    return redirect(PERSON, pk)


def show_link(request: DeskRequest, user: User) -> HttpResponse:
    request.session[LINK] = request.build_absolute_uri(sign_in_link(user, absolute=False))
    return redirect(PERSON, user.pk)
