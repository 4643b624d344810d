"""Who is named in a complaint, and taking that back."""

from __future__ import annotations

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.timezone import now
from django.utils.translation import gettext_lazy as _

from huiying.cases.actions import lift_recusal, recuse
from huiying.cases.forms import ReasonForm
from huiying.cases.forms.recusal import RecusalForm
from huiying.cases.models import Recusal
from huiying.cases.views.deed import Sheet, carry_out, visible_case
from huiying.staff.http import DeskRequest

RECUSE = Sheet(
    title=_("Name who is complained about"),
    button=_("Name this person"),
    done=_("Named. They no longer see this case, and the team lead knows."),
    hint=_(
        "They lose sight of this case everywhere at once, and it cannot come to them. "
        "If they own it, it goes back to the team. Only a leader who is not named takes this back."
    ),
)
LIFT = Sheet(
    title=_("No longer complained about"),
    button=_("Lift the recusal"),
    done=_("Taken back. They see the case again as far as they could before."),
)


def recusals(request: DeskRequest, number: str) -> HttpResponse:
    case = visible_case(request, number)
    form = RecusalForm(request.POST if request.method == "POST" else None)

    def name(filled: RecusalForm) -> None:
        recuse(case, filled.cleaned_data["person"], by=request.actor, at=now())

    answer = carry_out(request, case, form, RECUSE, name)
    named_themselves = form.is_bound and form.is_valid() and form.cleaned_data["person"].pk == request.user.pk
    return away(request) if named_themselves else answer


def away(request: DeskRequest) -> HttpResponse:
    """Lead who named themselves to their desk: the case is none of theirs any more."""
    if request.htmx:
        return HttpResponse(status=204, headers={"HX-Redirect": reverse("desk")})
    return redirect("desk")


def lifting(request: DeskRequest, number: str, pk: int) -> HttpResponse:
    case = visible_case(request, number)
    standing = get_object_or_404(Recusal.objects.standing().select_related("case", "user"), case=case, pk=pk)
    form = ReasonForm(request.POST if request.method == "POST" else None)

    def lift(filled: ReasonForm) -> None:
        lift_recusal(standing, filled.cleaned_data["reason"], by=request.actor, at=now())

    return carry_out(request, case, form, LIFT, lift, about=standing.user.name)
