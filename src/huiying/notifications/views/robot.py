"""The pages on which robots are set up: those of teams and the company, and one's own."""

from __future__ import annotations

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.timezone import now
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from huiying.journal.models import Entry
from huiying.kit.guards import BadInput, DomainError, ensure
from huiying.notifications.actions.robot import add_robot, name_handles, remove_robot, revise_robot, try_robot
from huiying.notifications.forms import HandlesForm, RobotForm
from huiying.notifications.models import Robot
from huiying.notifications.policies import may_arrange_notices, may_keep_robot
from huiying.staff.http import DeskRequest
from huiying.staff.models import User

PAGE = "notifications/settings/robot.html"
OWN = "notifications/own_robot.html"


@require_GET
def robots(request: DeskRequest) -> HttpResponse:
    ensure(may_arrange_notices(request.actor))
    return render(request, "notifications/settings/robots.html", {"robots": Robot.objects.of_the_house()})


def new_robot(request: DeskRequest) -> HttpResponse:
    """Set up a robot of a team or the company."""
    ensure(may_arrange_notices(request.actor))
    return set_up(request, owner=None)


def own_robots(request: DeskRequest) -> HttpResponse:
    """Show my own robots and how others call me; a POST says how."""
    form = HandlesForm(request.POST) if request.method == "POST" else HandlesForm.of(request.user)
    if form.is_bound and form.is_valid():
        try:
            name_handles(request.user, form.cleaned_data, by=request.actor, at=now())
        except BadInput as refusal:
            form.refuse(refusal)
        else:
            messages.success(request, _("Saved."))
            return redirect("notice_own_robots")
    context = {"form": form, "robots": Robot.objects.filter(user=request.user)}
    return render(request, "notifications/own_robots.html", context, status=422 if form.is_bound else 200)


def new_own_robot(request: DeskRequest) -> HttpResponse:
    return set_up(request, owner=request.user)


def set_up(request: DeskRequest, *, owner: User | None) -> HttpResponse:
    own = owner is not None
    form = RobotForm(request.POST if request.method == "POST" else None, own=own)
    if form.is_bound and form.is_valid():
        try:
            added = add_robot(form.draft(), owner=owner, by=request.actor, at=now())
        except BadInput as refusal:
            form.refuse(refusal)
        else:
            messages.success(
                request, _("“%(name)s” was added. Let it say something to see that it works.") % {"name": added}
            )
            return redirect("notice_robot", added.pk)
    return render(request, OWN if own else PAGE, {"form": form}, status=422 if form.is_bound else 200)


def robot(request: DeskRequest, pk: int) -> HttpResponse:
    """Show a robot; a POST changes it."""
    kept = keepable(request, pk)
    form = (
        RobotForm(request.POST, own=bool(kept.user_id), robot=kept) if request.method == "POST" else RobotForm.of(kept)
    )
    if form.is_bound and form.is_valid():
        try:
            revise_robot(kept, form.draft(), by=request.actor, at=now())
        except BadInput as refusal:
            form.refuse(refusal)
        else:
            messages.success(request, _("“%(name)s” was saved.") % {"name": form.cleaned_data["name"]})
            return redirect("notice_robot", kept.pk)
    context = {"form": form, "robot": kept, "history": Entry.objects.about(kept).order_by("-id")[:10]}
    return render(request, OWN if kept.user_id else PAGE, context, status=422 if form.is_bound else 200)


@require_POST
def trial(request: DeskRequest, pk: int) -> HttpResponse:
    """Let the robot say something now."""
    kept = keepable(request, pk)
    try:
        try_robot(kept, by=request.actor, at=now())
    except DomainError as silent:
        messages.error(request, str(silent))
    else:
        messages.success(request, _("The robot spoke. Look into the group."))
    return redirect("notice_robot", kept.pk)


@require_POST
def removal(request: DeskRequest, pk: int) -> HttpResponse:
    kept = keepable(request, pk)
    home = "notice_own_robots" if kept.user_id else "notice_robots"
    remove_robot(kept, by=request.actor, at=now())
    messages.success(request, _("“%(name)s” was removed.") % {"name": kept})
    return redirect(home)


def keepable(request: DeskRequest, pk: int) -> Robot:
    """Return a robot that is theirs to keep; of others nobody learns that they exist."""
    kept = get_object_or_404(Robot.objects.select_related("team", "user"), pk=pk)
    if not may_keep_robot(request.actor, kept.user_id):
        raise Http404
    return kept
