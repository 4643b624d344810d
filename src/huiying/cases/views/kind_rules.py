"""The settings page of what holds for the cases of each kind."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.timezone import now
from django.utils.translation import gettext_lazy as _

from huiying.cases.actions.kind_rule import let_close_over_parts, let_hand_over_always
from huiying.cases.forms import KindRulesForm
from huiying.cases.policies import may_arrange
from huiying.cases.verbs import HANDOVER_RULES_CHANGED, KIND_RULES_CHANGED
from huiying.journal.models import Entry
from huiying.kit.guards import ensure
from huiying.staff.http import DeskRequest

TOLD = (KIND_RULES_CHANGED.code, HANDOVER_RULES_CHANGED.code)


def kind_rules(request: DeskRequest) -> HttpResponse:
    ensure(may_arrange(request.actor))
    form = KindRulesForm(request.POST) if request.method == "POST" else KindRulesForm.of_now()
    if form.is_bound and form.is_valid():
        at = now()
        let_close_over_parts(form.cleaned_data["kinds"], by=request.actor, at=at)
        let_hand_over_always(form.cleaned_data["handed_over"], by=request.actor, at=at)
        messages.success(request, _("Saved."))
        return redirect("cases:settings_kind_rules")
    history = Entry.objects.filter(verb__in=TOLD).order_by("-id")[:10]
    context = {"form": form, "history": history}
    return render(request, "cases/settings/kind_rules.html", context, status=422 if form.is_bound else 200)
