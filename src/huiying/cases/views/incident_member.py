"""The cases of a group incident: joining, verifying with each customer, calling those no e-mail reaches, leaving."""

from __future__ import annotations

from django.http import HttpResponse
from django.shortcuts import get_object_or_404
from django.utils.timezone import now
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy
from django.views.decorators.http import require_POST

from huiying.cases.actions import join, leave, refuse_candidate, tell_by_phone, verify
from huiying.cases.forms.incident import VerificationForm
from huiying.cases.models import Case, Incident, Membership
from huiying.cases.views.deed import Sheet
from huiying.cases.views.incident import incident_changed, on_incident, visible_incident
from huiying.staff.http import DeskRequest

VERIFICATION = Sheet(title=_("Verify with the customer"), button=pgettext_lazy("deed", "Note"), done=_("Noted."))


@require_POST
def members(request: DeskRequest, number: str) -> HttpResponse:
    """Let the cases named join."""
    shown = visible_incident(request, number)
    cases = Case.objects.visible_to(request.actor).filter(number__in=request.POST.getlist("case"))
    join(shown, cases, by=request.actor, at=now())
    return incident_changed(request, shown, _("They belong to it now and get the answer that holds."))


def verification(request: DeskRequest, number: str, pk: int) -> HttpResponse:
    shown = visible_incident(request, number)
    membership = membership_of(request, shown, pk)
    form = VerificationForm(request.POST if request.method == "POST" else None)

    def note(filled: VerificationForm) -> None:
        given = filled.cleaned_data
        verify(membership, cured=given["cured"] == "yes", remark=given["remark"], by=request.actor, at=now())

    return on_incident(request, shown, form, VERIFICATION, note, about=told_of(membership.case))


@require_POST
def calling(request: DeskRequest, number: str, pk: int) -> HttpResponse:
    """The answer to all was said to this customer on the phone."""
    shown = visible_incident(request, number)
    tell_by_phone(membership_of(request, shown, pk), by=request.actor, at=now())
    return incident_changed(request, shown, _("Noted as said on the phone."))


@require_POST
def leaving(request: DeskRequest, number: str, pk: int) -> HttpResponse:
    shown = visible_incident(request, number)
    leave(membership_of(request, shown, pk), by=request.actor, at=now())
    return incident_changed(request, shown, _("Taken out. It is not proposed again."))


@require_POST
def refusal(request: DeskRequest, number: str, pk: int) -> HttpResponse:
    """A proposed case does not belong to it."""
    shown = visible_incident(request, number)
    seen = shown.candidates.filter(case__in=Case.objects.visible_to(request.actor))
    refuse_candidate(get_object_or_404(seen.select_related("case"), pk=pk), by=request.actor, at=now())
    return incident_changed(request, shown, _("It is not proposed again."))


def told_of(case: Case) -> str:
    """Say which customer is to be asked: on the phone several lie open at once."""
    return " · ".join(filter(None, (case.customer_name, case.number, case.subject)))


def membership_of(request: DeskRequest, shown: Incident, pk: int) -> Membership:
    seen = shown.members.standing().filter(case__in=Case.objects.visible_to(request.actor))
    return get_object_or_404(seen.select_related("case__customer", "case__contact", "incident"), pk=pk)
