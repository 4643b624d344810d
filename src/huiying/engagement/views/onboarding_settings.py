"""The settings page of onboarding: whose begins by itself, and how many that would have been lately."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.timezone import now
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from huiying.engagement.actions.onboarding_rule import revise_rule
from huiying.engagement.forms.onboarding import OnboardingRuleForm
from huiying.engagement.models import OnboardingRule
from huiying.engagement.onboarding_policies import may_set_rule
from huiying.engagement.queries.onboarding_effect import effect_of
from huiying.journal.models import Entry
from huiying.kit.guards import ensure
from huiying.staff.http import DeskRequest


def onboarding_settings(request: DeskRequest) -> HttpResponse:
    ensure(may_set_rule(request.actor))
    rule = OnboardingRule.now()
    form = OnboardingRuleForm(request.POST) if request.method == "POST" else OnboardingRuleForm.of(rule)
    if form.is_bound and form.is_valid():
        revise_rule(form.cleaned_data, by=request.actor, at=now())
        messages.success(request, _("The rule holds for whoever is entered from now on."))
        return redirect("engagement:settings_onboarding")
    context = {
        "form": form,
        "rule": rule,
        "effect": effect_of(rule, now=now()),
        "history": Entry.objects.filter(subject_type="engagement.onboardingrule").order_by("-id")[:10],
    }
    return render(request, "engagement/settings/onboarding.html", context, status=422 if form.errors else 200)


@require_POST
def trial(request: DeskRequest) -> HttpResponse:
    """What the rule as it stands in the form would have begun lately."""
    ensure(may_set_rule(request.actor))
    form = OnboardingRuleForm(request.POST)
    tried = OnboardingRule(**form.cleaned_data) if form.is_valid() else None
    effect = effect_of(tried, now=now()) if tried else None
    return render(request, "engagement/settings/_onboarding_effect.html", {"effect": effect, "form": form})
