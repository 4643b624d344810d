"""One need: its page, and the deeds on its way."""

from __future__ import annotations

from datetime import timedelta

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils.timezone import localdate, now
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_GET, require_POST

from huiying.customers.models import Customer
from huiying.engagement.actions import consultation as asking
from huiying.engagement.actions import need as deeds
from huiying.engagement.forms import need as forms
from huiying.engagement.lifecycle import MOVES
from huiying.engagement.models import Consultation
from huiying.engagement.need_policies import may_answer, may_price, may_work_on
from huiying.engagement.queries.evidence import evidence_of
from huiying.engagement.queries.need import still_missing, track
from huiying.engagement.views.needs import CONFIRMED, about, visible_need
from huiying.engagement.views.sheet import Sheet, carry_out, done
from huiying.journal.models import Entry
from huiying.kit.forms import DeskForm
from huiying.staff.http import DeskRequest

REVISE = Sheet(title=_("Change the need"), button=_("Save"), done=_("Saved."))
PROPOSE = Sheet(title=_("Make a proposal"), button=_("Save the proposal"), done=_("The proposal is written down."))
CONSULT = Sheet(
    title=_("Ask a colleague"),
    button=_("Ask"),
    done=_("Asked. You are told when the answer is there."),
    hint=_("They see this need from now on. It is presented once everybody has answered."),
)
ANSWER = Sheet(title=_("Answer the question"), button=_("Answer"), done=_("Thank you. Whoever asked is told."))
CALLED_OFF = Sheet(title="", button="", done=_("The question is off."))
PRESENT = Sheet(title=_("Presented to the customer"), button=_("Note it"), done=_("Noted. Next: their decision."))
AGREE = Sheet(title=_("The customer agrees"), button=_("Note it"), done=_("Agreed. Next: the delivery."))
REFUSE = Sheet(title=_("The customer declines"), button=_("Note it"), done=_("Noted, with the reason."))
DELIVER = Sheet(title=_("Delivered"), button=_("Note it"), done=_("Delivered. The day to ask how it is used is set."))
FOLLOW_UP = Sheet(title=_("How is it used?"), button=_("Note it"), done=_("Followed up: this need is met."))
DISMISS = Sheet(
    title=_("Dismiss the need"),
    button=_("Dismiss"),
    done=_("Dismissed."),
    hint=_("What a rule found is not suggested for this customer again."),
)
ASK_AFTER = timedelta(days=14)


@require_GET
def need(request: DeskRequest, pk: int) -> HttpResponse:
    shown = visible_need(request, pk)
    consulted = list(shown.consultations.select_related("person", "noted_by"))
    context = {
        "need": shown,
        "stops": track(shown),
        "missing": still_missing(shown, by=request.actor),
        "evidence": evidence_of(shown, by=request.actor),
        "proposals": list(shown.proposals.select_related("noted_by")),
        "consultations": [(one, may_answer(request.actor, one)) for one in consulted],
        "may_work": may_work_on(request.actor, shown),
        "shows_value": may_price(request.actor),
        "shows_customer": Customer.objects.visible_to(request.actor).filter(pk=shown.customer_id).exists(),
        "late": shown.is_open and shown.next_on is not None and shown.next_on < localdate(),
        "moves": {stage.value for stage in MOVES[shown.at_stage]},
        "history": Entry.objects.about(shown).order_by("-id")[:20],
    }
    return render(request, "engagement/_need.html" if request.htmx else "engagement/need.html", context)


def revision(request: DeskRequest, pk: int) -> HttpResponse:
    shown = visible_need(request, pk)
    bound = request.POST if request.method == "POST" else None
    initial = forms.NeedForm.initial_of(shown)
    form = forms.NeedForm(bound, initial=initial, shows_value=may_price(request.actor))
    return carry_out(
        request, about(shown), form, REVISE,
        lambda f: deeds.revise_need(shown, f.draft(), by=request.actor, at=now()),
    )  # fmt: skip


@require_POST
def confirmation(request: DeskRequest, pk: int) -> HttpResponse:
    shown = visible_need(request, pk)
    deeds.confirm(shown, by=request.actor, at=now())
    return done(request, about(shown), CONFIRMED)


def proposal(request: DeskRequest, pk: int) -> HttpResponse:
    shown = visible_need(request, pk)
    latest = shown.proposals.first()
    initial = {name: getattr(latest, name) for name in ("content", "period", "effect")} if latest else {}
    return deed(request, shown.pk, forms.ProposalForm, PROPOSE, initial)


def presentation(request: DeskRequest, pk: int) -> HttpResponse:
    return deed(request, pk, forms.PresentationForm, PRESENT)


def agreement(request: DeskRequest, pk: int) -> HttpResponse:
    return deed(request, pk, forms.AgreementForm, AGREE)


def refusal(request: DeskRequest, pk: int) -> HttpResponse:
    return deed(request, pk, forms.RefusalForm, REFUSE)


def delivery(request: DeskRequest, pk: int) -> HttpResponse:
    return deed(request, pk, forms.DeliveryForm, DELIVER, {"ask_on": localdate() + ASK_AFTER})


def follow_up(request: DeskRequest, pk: int) -> HttpResponse:
    return deed(request, pk, forms.FollowUpForm, FOLLOW_UP)


def dismissal(request: DeskRequest, pk: int) -> HttpResponse:
    return deed(request, pk, forms.DismissalForm, DISMISS)


DEEDS = {
    forms.ProposalForm: deeds.propose,
    forms.PresentationForm: deeds.present,
    forms.AgreementForm: deeds.agree,
    forms.RefusalForm: deeds.decline,
    forms.DeliveryForm: deeds.deliver,
    forms.FollowUpForm: deeds.follow_up,
    forms.DismissalForm: deeds.dismiss,
}


def deed(
    request: DeskRequest, pk: int, kind: type[DeskForm], sheet: Sheet, initial: dict[str, object] | None = None
) -> HttpResponse:
    """Ask for what the deed needs; once given, do it."""
    shown = visible_need(request, pk)
    form = kind(request.POST if request.method == "POST" else None, initial=initial)

    def do(filled: DeskForm) -> None:
        DEEDS[kind](shown, **filled.cleaned_data, by=request.actor, at=now())  # type: ignore[operator]

    return carry_out(request, about(shown), form, sheet, do)


def consultations(request: DeskRequest, pk: int) -> HttpResponse:
    shown = visible_need(request, pk)
    initial = {"due_on": localdate() + timedelta(days=3)}
    form = forms.ConsultationForm(request.POST if request.method == "POST" else None, initial=initial)
    return carry_out(
        request, about(shown), form, CONSULT,
        lambda f: asking.consult(shown, **f.cleaned_data, by=request.actor, at=now()),
    )  # fmt: skip


def answer(request: DeskRequest, pk: int, asked: int) -> HttpResponse:
    question = visible_question(request, pk, asked)
    form = forms.AnswerForm(request.POST if request.method == "POST" else None)
    return carry_out(
        request, about(question.need), form, ANSWER,
        lambda f: asking.answer(question, f.cleaned_data["answer"], by=request.actor, at=now()),
    )  # fmt: skip


@require_POST
def calling_off(request: DeskRequest, pk: int, asked: int) -> HttpResponse:
    question = visible_question(request, pk, asked)
    asking.call_off(question, by=request.actor, at=now())
    return done(request, about(question.need), CALLED_OFF)


def visible_question(request: DeskRequest, pk: int, asked: int) -> Consultation:
    shown = visible_need(request, pk)
    return get_object_or_404(shown.consultations.select_related("need__customer", "person"), pk=asked)
