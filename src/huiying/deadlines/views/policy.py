"""The settings pages of policies: what runs, for whom, how long, and whom it calls in."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.timezone import now
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from huiying.deadlines.actions.policy import add_variant, ensure_sensible, revise_policy
from huiying.deadlines.forms.policy import PolicyForm
from huiying.deadlines.models import Clock, Policy
from huiying.deadlines.policies import may_set_deadlines
from huiying.deadlines.reach import touched_by
from huiying.deadlines.settings_pages import examples, policy_rows, touched
from huiying.journal.models import Entry
from huiying.kit.guards import BadInput, ensure
from huiying.staff.http import DeskRequest

PAGE = "deadlines/settings/policy.html"


@require_GET
def policies(request: DeskRequest) -> HttpResponse:
    ensure(may_set_deadlines(request.actor))
    return render(request, "deadlines/settings/policies.html", {"rows": policy_rows()})


def policy(request: DeskRequest, code: str) -> HttpResponse:
    """Show a policy; a POST writes its next version."""
    ensure(may_set_deadlines(request.actor))
    kept = current(code)
    form = PolicyForm(request.POST, policy=kept) if request.method == "POST" else PolicyForm.of(kept)
    if form.is_bound and form.is_valid():
        try:
            saved = revise_policy(seen(request, kept), form.draft(), by=request.actor, at=now())
        except BadInput as refusal:
            form.refuse(refusal)
        else:
            messages.success(request, _("“%(name)s” was saved as version %(n)d.") % {"name": saved, "n": saved.version})
            return redirect("deadlines:settings_policies")
    versions = Policy.objects.filter(code=code).values_list("pk", flat=True)
    history = Entry.objects.filter(subject_type="deadlines.policy", subject_id__in=list(versions))
    context = {
        "form": form,
        "policy": kept,
        "running": Clock.objects.live().filter(policy__code=code).count(),
        "reach": touched_by(code, now=now()),
        "history": history.order_by("-id")[:10],
    }
    return render(request, PAGE, context, status=422 if form.is_bound else 200)


def variant(request: DeskRequest, code: str) -> HttpResponse:
    """Add a policy of the same clock that is asked first, for some situations only."""
    ensure(may_set_deadlines(request.actor))
    like = current(code)
    form = PolicyForm(request.POST, policy=like) if request.method == "POST" else PolicyForm.of(like)
    if form.is_bound and form.is_valid():
        try:
            added = add_variant(like, form.draft(), by=request.actor, at=now())
        except BadInput as refusal:
            form.refuse(refusal)
        else:
            messages.success(request, _("“%(name)s” was added.") % {"name": added})
            return redirect("deadlines:settings_policies")
    return render(request, PAGE, {"form": form, "like": like}, status=422 if form.is_bound else 200)


@require_POST
def effect(request: DeskRequest, code: str) -> HttpResponse:
    """Answer what the policy in the form would do, by example."""
    ensure(may_set_deadlines(request.actor))
    form = PolicyForm(request.POST, policy=current(code))
    context: dict[str, object] = {"form": form}
    if form.is_valid():
        draft = form.draft()
        try:
            ensure_sensible(draft)
            context |= {"examples": examples(draft, now=now()), "touched": touched(form.policy, draft, now=now())}
        except BadInput as refusal:
            context["refusal"] = refusal
    return render(request, "deadlines/settings/_effect.html", context)


def seen(request: DeskRequest, kept: Policy) -> Policy:
    """Return the version that the person had before them."""
    version = request.POST.get("version", "")
    if not version.isdecimal():
        return kept
    return get_object_or_404(Policy, code=kept.code, version=int(version[:9]))


def current(code: str) -> Policy:
    return get_object_or_404(Policy.objects.current().select_related("calendar"), code=code)
