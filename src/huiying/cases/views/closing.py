"""The customer's word, closing, reopening, and the side exits."""

from __future__ import annotations

from django.http import HttpResponse
from django.shortcuts import get_object_or_404
from django.utils.timezone import now
from django.utils.translation import gettext_lazy as _

from huiying.cases.actions import ask_to_discard, close, confirm, note_attempt, reopen, second_discard, withdraw
from huiying.cases.forms import AttemptForm, ClosureForm, ConfirmationForm, ReasonForm, SecondLookForm
from huiying.cases.models import Discard
from huiying.cases.views.deed import Sheet, carry_out, visible_case
from huiying.staff.http import DeskRequest

CONFIRMATION = Sheet(title=_("The customer's word"), button=_("Save"), done=_("Recorded."))
ATTEMPT = Sheet(
    title=_("The customer was not reached"),
    button=_("Save"),
    done=_("Recorded."),
    hint=_("After three attempts the case may be closed without their word."),
)
CLOSURE = Sheet(title=_("Close the case"), button=_("Close"), done=_("Closed. Well done."))
REOPENING = Sheet(
    title=_("Reopen the case"),
    button=_("Reopen"),
    done=_("Reopened: a second handling begins."),
    hint=_("New clocks begin; what happened before stays as it was."),
)
WITHDRAWAL = Sheet(title=_("The customer withdraws"), button=_("Withdraw"), done=_("Withdrawn."))
DISCARD = Sheet(
    title=_("Mark the case invalid"),
    button=_("Ask for a second look"),
    done=_("Asked. Somebody else takes a second look."),
)
SECOND = Sheet(title=_("Second look"), button=_("Decide"), done=_("Decided."))


def confirmation(request: DeskRequest, number: str) -> HttpResponse:
    case = visible_case(request, number)
    form = ConfirmationForm(request.POST if request.method == "POST" else None)
    return carry_out(request, case, form, CONFIRMATION, lambda f: confirm(case, f.word(), by=request.actor, at=now()))


def attempts(request: DeskRequest, number: str) -> HttpResponse:
    case = visible_case(request, number)
    form = AttemptForm(request.POST if request.method == "POST" else None)

    def keep(filled: AttemptForm) -> None:
        channel, what = filled.cleaned_data["channel"], filled.cleaned_data["note"]
        note_attempt(case, channel=channel, what=what, by=request.actor, at=now())

    return carry_out(request, case, form, ATTEMPT, keep)


def closure(request: DeskRequest, number: str) -> HttpResponse:
    case = visible_case(request, number)
    form = ClosureForm(request.POST if request.method == "POST" else None)
    return carry_out(
        request, case, form, CLOSURE, lambda f: close(case, by=request.actor, at=now(), lesson=f.cleaned_data["lesson"])
    )


def reopening(request: DeskRequest, number: str) -> HttpResponse:
    case = visible_case(request, number)
    form = ReasonForm(request.POST if request.method == "POST" else None)
    return carry_out(
        request, case, form, REOPENING, lambda f: reopen(case, by=request.actor, at=now(), **f.cleaned_data)
    )


def withdrawal(request: DeskRequest, number: str) -> HttpResponse:
    case = visible_case(request, number)
    form = ReasonForm(request.POST if request.method == "POST" else None)
    return carry_out(
        request, case, form, WITHDRAWAL, lambda f: withdraw(case, by=request.actor, at=now(), **f.cleaned_data)
    )


def discard(request: DeskRequest, number: str) -> HttpResponse:
    case = visible_case(request, number)
    form = ReasonForm(request.POST if request.method == "POST" else None)
    return carry_out(
        request, case, form, DISCARD, lambda f: ask_to_discard(case, by=request.actor, at=now(), **f.cleaned_data)
    )


def second_look(request: DeskRequest, number: str) -> HttpResponse:
    case = visible_case(request, number)
    asked = get_object_or_404(Discard.objects.select_related("case", "asked_by"), case=case, agreed=None)
    form = SecondLookForm(request.POST if request.method == "POST" else None)
    return carry_out(
        request,
        case,
        form,
        SECOND,
        lambda f: second_discard(asked, agreed=f.cleaned_data["agreed"], by=request.actor, at=now()),
        about=asked.reason,
    )
