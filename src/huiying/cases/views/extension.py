"""More time for one deadline: asking for it, and deciding about it."""

from __future__ import annotations

from django.http import HttpResponse
from django.shortcuts import get_object_or_404
from django.utils.timezone import now
from django.utils.translation import gettext_lazy as _

from huiying.cases.actions import allow_more_time, ask_more_time, refuse_more_time
from huiying.cases.forms import ApprovalForm, ExtensionForm
from huiying.cases.models import Case
from huiying.cases.views.deed import Sheet, carry_out, visible_case
from huiying.deadlines.models import Clock, Extension
from huiying.kit.guards import DomainError
from huiying.staff.http import DeskRequest

ASK = Sheet(
    title=_("Ask for more time"),
    button=_("Ask"),
    done=_("Asked. Until it is approved the deadline stays as it is."),
)
DECIDE = Sheet(title=_("More time?"), button=_("Decide"), done=_("Decided."), template="cases/_extension_approval.html")


def extension(request: DeskRequest, number: str, pk: int) -> HttpResponse:
    case = visible_case(request, number)
    clock = get_object_or_404(Clock.objects.about(case).select_related("policy"), pk=pk)
    if clock.policy.extension is None:
        raise DomainError(_("This deadline cannot be extended."))
    form = ExtensionForm(request.POST if request.method == "POST" else None, policy=clock.policy)
    return carry_out(
        request, case, form, ASK, lambda f: ask_more_time(case, clock, f.draft(), by=request.actor, at=now())
    )


def extension_approval(request: DeskRequest, number: str, pk: int) -> HttpResponse:
    case = visible_case(request, number)
    asked = extension_of(case, pk)
    form = ApprovalForm(request.POST if request.method == "POST" else None)

    def decide(filled: ApprovalForm) -> None:
        deed = allow_more_time if filled.cleaned_data["approved"] else refuse_more_time
        deed(asked, case, by=request.actor, at=now(), comment=filled.cleaned_data["comment"])

    return carry_out(request, case, form, DECIDE, decide, extension=asked)


def extension_of(case: Case, pk: int) -> Extension:
    asked = Extension.objects.select_related("clock__policy", "asked_by")
    return get_object_or_404(asked, clock__in=Clock.objects.about(case), pk=pk)
