"""The settings page of the rules by which needs are suggested."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.timezone import now
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from huiying.engagement.actions.need_rules import remove_limit, revise_rules, set_limit
from huiying.engagement.forms.need_rules import LimitForm, NeedRulesForm
from huiying.engagement.models import NeedRules, ProductLimit
from huiying.engagement.need_policies import may_set_rules
from huiying.journal.models import Entry
from huiying.kit.guards import ensure
from huiying.staff.http import DeskRequest

HOME = "engagement:need_rules"


def rules(request: DeskRequest) -> HttpResponse:
    ensure(may_set_rules(request.actor))
    kept = NeedRules.now()
    form = NeedRulesForm(request.POST) if request.method == "POST" else NeedRulesForm.of(kept)
    if form.is_bound and form.is_valid():
        revise_rules(form.cleaned_data, by=request.actor, at=now())
        messages.success(request, _("The rules are saved; they hold for what is written down from now on."))
        return redirect(HOME)
    return shown(request, form, LimitForm(prefix="limit"))


@require_POST
def limits(request: DeskRequest) -> HttpResponse:
    """Set the limit of a product."""
    ensure(may_set_rules(request.actor))
    form = LimitForm(request.POST, prefix="limit")
    if not form.is_valid():
        return shown(request, NeedRulesForm.of(NeedRules.now()), form)
    set_limit(form.cleaned_data["product"], form.cleaned_data["times"], by=request.actor, at=now())
    return redirect(HOME)


@require_POST
def limit_removal(request: DeskRequest, pk: int) -> HttpResponse:
    ensure(may_set_rules(request.actor))
    remove_limit(get_object_or_404(ProductLimit, pk=pk), by=request.actor, at=now())
    return redirect(HOME)


def shown(request: DeskRequest, form: NeedRulesForm, limit_form: LimitForm) -> HttpResponse:
    history = Entry.objects.filter(subject_type__in=["engagement.needrules", "engagement.productlimit"])
    context = {
        "form": form,
        "limit_form": limit_form,
        "limits": ProductLimit.objects.all(),
        "history": history.order_by("-id")[:10],
    }
    is_wrong = (form.is_bound and form.errors) or (limit_form.is_bound and limit_form.errors)
    return render(request, "engagement/settings/need_rules.html", context, status=422 if is_wrong else 200)
