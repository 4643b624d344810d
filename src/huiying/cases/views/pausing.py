"""Letting the clocks of a case stand still, and go again."""

from __future__ import annotations

from django.http import HttpResponse
from django.utils.timezone import now
from django.utils.translation import gettext_lazy as _

from huiying.cases.actions import pause as pause_case
from huiying.cases.actions import resume
from huiying.cases.forms import PauseForm
from huiying.cases.views.deed import Sheet, carry_out, visible_case
from huiying.kit.forms import DeskForm
from huiying.staff.http import DeskRequest

PAUSE = Sheet(
    title=_("Pause the clocks"),
    button=_("Pause"),
    done=_("The clocks stand still until you follow up."),
    hint=_("Only while something outside our hands is awaited. The pause and its reason stay visible."),
)
RESUMPTION = Sheet(
    title=_("Let the clocks run"),
    button=_("Continue"),
    done=_("The clocks run again."),
    hint=_("What was used stays used; only the rest is counted from now."),
)


def pause(request: DeskRequest, number: str) -> HttpResponse:
    case = visible_case(request, number)
    form = PauseForm(request.POST if request.method == "POST" else None)
    return carry_out(request, case, form, PAUSE, lambda f: pause_case(case, f.draft(), by=request.actor, at=now()))


def resumption(request: DeskRequest, number: str) -> HttpResponse:
    case = visible_case(request, number)
    form = DeskForm(request.POST if request.method == "POST" else None)
    return carry_out(request, case, form, RESUMPTION, lambda _form: resume(case, by=request.actor, at=now()))
