"""The customer urges by phone, a leader presses, the owner answers (SPEC C16)."""

from __future__ import annotations

from django.http import HttpResponse
from django.shortcuts import get_object_or_404
from django.utils.timezone import now
from django.utils.translation import gettext_lazy as _

from huiying.cases.actions import answer_pressing, press, urge
from huiying.cases.forms import PressingAnswerForm, PressingForm
from huiying.cases.models import Pressing
from huiying.cases.views.deed import Sheet, carry_out, visible_case
from huiying.kit.forms import DeskForm
from huiying.staff.http import DeskRequest

URGE = Sheet(
    title=_("The customer urges us"),
    button=_("Count it"),
    done=_("Counted. The case is more urgent now, and the customer waits for an answer."),
    hint=_("For urging by phone or in person. It raises the urgency and starts a clock until we answer."),
)
PRESS = Sheet(
    title=_("Press this case"),
    button=_("Press"),
    done=_("The owner knows, and a clock runs until they answer."),
)
ANSWER = Sheet(
    title=_("Answer the leader"),
    button=_("Answer"),
    done=_("Answered."),
    template="cases/_pressing_answer.html",
)


def urging(request: DeskRequest, number: str) -> HttpResponse:
    case = visible_case(request, number)
    form = DeskForm(request.POST if request.method == "POST" else None)
    return carry_out(request, case, form, URGE, lambda _form: urge(case, by=request.actor, at=now()))


def pressings(request: DeskRequest, number: str) -> HttpResponse:
    case = visible_case(request, number)
    form = PressingForm(request.POST if request.method == "POST" else None)
    return carry_out(
        request, case, form, PRESS, lambda f: press(case, f.cleaned_data["text"], by=request.actor, at=now())
    )


def pressing_answer(request: DeskRequest, number: str) -> HttpResponse:
    """Answer the pressing that waits; there is one at a time."""
    case = visible_case(request, number)
    waiting = get_object_or_404(Pressing.objects.select_related("case", "made_by"), case=case, answered_at=None)
    form = PressingAnswerForm(request.POST if request.method == "POST" else None)

    def answer(filled: PressingAnswerForm) -> None:
        answer_pressing(waiting, filled.cleaned_data["text"], by=request.actor, at=now())

    return carry_out(request, case, form, ANSWER, answer, pressing=waiting)
