"""The settings of care: a policy for each tier, written as versions, with what it would ask for."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.timezone import now
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from huiying.engagement.actions import set_policy, set_rule
from huiying.engagement.forms import CarePolicyForm, CareRuleForm
from huiying.engagement.models import CarePolicy
from huiying.engagement.policies import may_set_care
from huiying.engagement.queries.effect import effect_of
from huiying.engagement.verbs import MORNING_SET, POLICY_SET, RULE_SET
from huiying.journal.models import Entry
from huiying.kit.guards import DomainError, ensure
from huiying.staff.http import DeskRequest

TOLD = (POLICY_SET.code, RULE_SET.code, MORNING_SET.code)


def care_settings(request: DeskRequest) -> HttpResponse:
    """List the policies, and say for how long a record may be corrected."""
    ensure(may_set_care(request.actor))
    form = CareRuleForm(request.POST) if request.method == "POST" else CareRuleForm.of_now()
    if form.is_bound and form.is_valid():
        set_rule(form.cleaned_data, by=request.actor, at=now())
        messages.success(request, _("Saved."))
        return redirect("engagement:settings_care")
    history = Entry.objects.filter(verb__in=TOLD).order_by("-id")[:10]
    context = {"form": form, "policies": CarePolicy.objects.current(), "history": history}
    return render(request, "engagement/settings/care.html", context, status=422 if form.is_bound else 200)


def policy(request: DeskRequest, tier: str) -> HttpResponse:
    """Show a policy; a POST writes its next version."""
    ensure(may_set_care(request.actor))
    kept = get_object_or_404(CarePolicy.objects.current(), tier=tier)
    form = CarePolicyForm(request.POST) if request.method == "POST" else CarePolicyForm.of(kept)
    if form.is_bound and form.is_valid():
        seen = get_object_or_404(CarePolicy, tier=tier, version=form.cleaned_data["version"])
        try:
            set_policy(seen, form.draft(), by=request.actor, at=now())
        except DomainError as refusal:
            form.refuse(refusal)
        else:
            messages.success(request, _("Saved. What is planned follows within minutes."))
            return redirect("engagement:settings_care")
    context = {"form": form, "policy": kept}
    return render(request, "engagement/settings/policy.html", context, status=422 if form.is_bound else 200)


@require_POST
def effect(request: DeskRequest, tier: str) -> HttpResponse:
    """Answer what the policy in the form would ask of everybody."""
    ensure(may_set_care(request.actor))
    kept = get_object_or_404(CarePolicy.objects.current(), tier=tier)
    form = CarePolicyForm(request.POST)
    effect = effect_of(kept.tier, form.draft(), now=now()) if form.is_valid() else None
    return render(request, "engagement/settings/_effect.html", {"effect": effect})
