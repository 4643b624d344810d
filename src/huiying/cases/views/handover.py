"""Accepting what was handed over, or giving it back."""

from __future__ import annotations

from django.http import HttpResponse
from django.utils.timezone import now
from django.utils.translation import gettext_lazy as _

from huiying.cases.actions import accept_handover, return_handover
from huiying.cases.forms import ReasonForm
from huiying.cases.views.deed import Sheet, carry_out, visible_case
from huiying.kit.forms import DeskForm
from huiying.staff.http import DeskRequest

ACCEPT = Sheet(
    title=_("Take the case over"),
    button=_("Take over"),
    done=_("Taken over. You answer for it now."),
    hint=_("From now on its deadlines are yours; who handed it over is told."),
)
RETURN = Sheet(
    title=_("Give the case back"),
    button=_("Give back"),
    done=_("Given back. Who handed it over knows why."),
)


def acceptance(request: DeskRequest, number: str) -> HttpResponse:
    case = visible_case(request, number)
    form = DeskForm(request.POST if request.method == "POST" else None)
    return carry_out(request, case, form, ACCEPT, lambda _form: accept_handover(case, by=request.actor, at=now()))


def giving_back(request: DeskRequest, number: str) -> HttpResponse:
    case = visible_case(request, number)
    form = ReasonForm(request.POST if request.method == "POST" else None)

    def give_back(filled: ReasonForm) -> None:
        return_handover(case, filled.cleaned_data["reason"], by=request.actor, at=now())

    return carry_out(request, case, form, RETURN, give_back)
