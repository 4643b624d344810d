"""The settings page of what customers hear once they are handed over."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.timezone import now
from django.utils.translation import gettext as _

from huiying.engagement.actions.introducing import revise_introductions
from huiying.engagement.forms.introduction import IntroductionsForm
from huiying.engagement.models import Template
from huiying.engagement.pool_policies import may_set_pool_rules
from huiying.journal.models import Entry
from huiying.kit.guards import DomainError, ensure
from huiying.staff.http import DeskRequest


def introductions(request: DeskRequest) -> HttpResponse:
    ensure(may_set_pool_rules(request.actor))
    form = IntroductionsForm(request.POST) if request.method == "POST" else IntroductionsForm.of_now()
    if form.is_bound and form.is_valid():
        try:
            revise_introductions(form.drafts(), by=request.actor, at=now())
        except DomainError as refusal:
            form.refuse(refusal)
        else:
            messages.success(request, _("Saved."))
            return redirect("engagement:settings_introductions")
    history = Entry.objects.filter(subject_type="engagement.introductionrule").order_by("-id")[:10]
    context = {"form": form, "history": history, "has_templates": Template.objects.active().exists()}
    return render(request, "engagement/settings/introductions.html", context, status=422 if form.is_bound else 200)
