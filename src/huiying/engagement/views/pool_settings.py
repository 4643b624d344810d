"""The settings page of the public pool: its rules, and what they would do."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.timezone import now
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from huiying.engagement.actions.pool_rules import revise_pool_rules, try_rules
from huiying.engagement.forms.pool import PoolRulesForm
from huiying.engagement.models.pool import PoolPolicy
from huiying.engagement.pool_policies import may_set_pool_rules
from huiying.journal.models import Entry
from huiying.kit.guards import DomainError, ensure
from huiying.staff.http import DeskRequest


def pool_settings(request: DeskRequest) -> HttpResponse:
    ensure(may_set_pool_rules(request.actor))
    policy = PoolPolicy.now()
    form = PoolRulesForm(request.POST) if request.method == "POST" else PoolRulesForm.of(policy)
    if form.is_bound and form.is_valid():
        try:
            revise_pool_rules(form.numbers(), form.days(), by=request.actor, at=now())
        except DomainError as refusal:
            form.refuse(refusal)
        else:
            messages.success(request, _("The rules hold from now on."))
            return redirect("engagement:settings_pool")
    history = Entry.objects.filter(subject_type="engagement.poolpolicy").order_by("-id")[:10]
    context = {"form": form, "policy": policy, "history": history}
    return render(request, "engagement/settings/pool.html", context, status=422 if form.errors else 200)


@require_POST
def trial(request: DeskRequest) -> HttpResponse:
    """What the rules as they stand in the form would do today."""
    ensure(may_set_pool_rules(request.actor))
    form = PoolRulesForm(request.POST)
    tried = try_rules(form.numbers(), form.days(), at=now()) if form.is_valid() else None
    days = form.cleaned_data.get("warn_days")
    return render(request, "engagement/settings/_pool_trial.html", {"trial": tried, "form": form, "days": days})
