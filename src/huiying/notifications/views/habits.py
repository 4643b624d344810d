"""The pages on which people choose what to be told and how: one's own, and the defaults of each role."""

from __future__ import annotations

from django.contrib import messages
from django.db.models import Count, Q
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.timezone import now
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from huiying.journal.models import Entry
from huiying.kit.guards import ensure
from huiying.notifications import grid
from huiying.notifications.actions.call import set_answer_minutes
from huiying.notifications.actions.habits import follow_role, set_defaults, set_habits
from huiying.notifications.forms import HabitsForm, TermsForm
from huiying.notifications.habits import habits_of, habits_of_role, with_habits
from huiying.notifications.matrix import Road
from huiying.notifications.models import Terms
from huiying.notifications.policies import may_arrange_notices
from huiying.notifications.reach import closed_roads, roads_for
from huiying.notifications.verbs import DEFAULTS_CHANGED, TERMS_CHANGED
from huiying.staff.http import DeskRequest
from huiying.staff.models import Role


def own_habits(request: DeskRequest) -> HttpResponse:
    """Show what I am told and over which roads; a POST chooses."""
    (person,) = with_habits([request.user.pk])
    base, mine, roads = habits_of_role(person.role), habits_of(person), roads_for(person)
    form = HabitsForm(request.POST) if request.method == "POST" else HabitsForm.of(mine)
    if form.is_bound and form.is_valid():
        set_habits(person, form.habits(grid.read(request.POST, mine, roads)), by=request.actor, at=now())
        messages.success(request, _("Saved. From now on you are told like this."))
        return redirect("notice_habits")
    context = {
        "form": form,
        "roads": roads,
        "lines": grid.lines(mine, roads, base=base),
        "closed": closed_roads(person, roads),
        "departs": mine != base,
    }
    return render(request, "notifications/habits.html", context, status=422 if form.is_bound else 200)


@require_POST
def own_defaults(request: DeskRequest) -> HttpResponse:
    """Follow the defaults of my role again."""
    follow_role(request.user, by=request.actor, at=now())
    messages.success(request, _("You are told as everybody of your role again."))
    return redirect("notice_habits")


def role_list(request: DeskRequest) -> HttpResponse:
    """List the roles; a POST says how long escalations wait for an answer."""
    ensure(may_arrange_notices(request.actor))
    kept = Terms.now()
    form = TermsForm(
        request.POST if request.method == "POST" else None, initial={"answer_minutes": kept.answer_minutes}
    )
    if form.is_bound and form.is_valid():
        set_answer_minutes(form.cleaned_data["answer_minutes"], by=request.actor, at=now())
        messages.success(request, _("Saved."))
        return redirect("notice_defaults")
    working = Count("users", filter=Q(users__is_active=True))
    departing = Count("users", filter=Q(users__is_active=True, users__notice_habits__isnull=False))
    roles = Role.objects.annotate(people=working, departing=departing)
    history = Entry.objects.filter(verb=TERMS_CHANGED.code).order_by("-id")[:10]
    context = {"roles": roles, "form": form, "history": history}
    return render(request, "notifications/settings/defaults.html", context, status=422 if form.is_bound else 200)


def role_defaults(request: DeskRequest, pk: int) -> HttpResponse:
    """Show how people of a role are told; a POST changes it for all who did not choose otherwise."""
    ensure(may_arrange_notices(request.actor))
    role = get_object_or_404(Role.objects.select_related("notice_habits"), pk=pk)
    kept, roads = habits_of_role(role), tuple(Road)
    form = HabitsForm(request.POST) if request.method == "POST" else HabitsForm.of(kept)
    if form.is_bound and form.is_valid():
        set_defaults(role, form.habits(grid.read(request.POST, kept, roads)), by=request.actor, at=now())
        messages.success(request, _("“%(name)s” was saved.") % {"name": role})
        return redirect("notice_defaults")
    history = Entry.objects.about(role).filter(verb=DEFAULTS_CHANGED.code)
    context = {"form": form, "role": role, "roads": roads, "lines": grid.lines(kept, roads)}
    context["history"] = history.order_by("-id")[:10]
    return render(request, "notifications/settings/role.html", context, status=422 if form.is_bound else 200)
