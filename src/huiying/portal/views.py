"""The customer's own pages: no sign-in, the signed link is the key; everything works without scripts (SPEC C13)."""

from __future__ import annotations

from collections.abc import Callable

from django.contrib import messages
from django.http import FileResponse, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.timezone import now
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_GET, require_POST

from huiying.cases.actions import (
    accept_offer,
    confirm,
    decline_offer,
    hear,
    register,
    reopen,
    urge,
    want_call,
    withdraw,
)
from huiying.cases.actions.once import once
from huiying.cases.customer_link import case_of, link_for, token_for
from huiying.cases.models import Case, Offer
from huiying.cases.queries.merged import keys_of
from huiying.channels.files import served
from huiying.channels.models import Attachment
from huiying.journal.actors import Actor, customer_actor
from huiying.kit.forms import DeskForm
from huiying.kit.guards import DomainError, Sentence
from huiying.kit.http import form_digest
from huiying.kit.rates import TooMany, ensure_rare
from huiying.portal.forms import ComplaintForm, ConfirmationForm, DecisionForm, ReasonForm, WithdrawalForm, WordsForm
from huiying.portal.queries import own_page
from huiying.staff.http import DeskRequest, client_address

AN_HOUR = 3600
RUNG_AT_MOST = 3  # in an hour: each of it raises the urgency and calls somebody


@require_GET
def page(request: HttpRequest, token: str) -> HttpResponse:
    """What happened, what happens next and by when, and the one thing asked of the customer now."""
    return show(request, case_of(token), token)


@require_POST
def words(request: HttpRequest, token: str) -> HttpResponse:
    case = case_of(token)
    form = WordsForm(request.POST, request.FILES)
    return take(
        request,
        token,
        case,
        form,
        lambda: hear(case, form.words(), by=self_of(case), author_name=case.customer_name, at=now()),
        _("Thank you, we have received it."),
    )


@require_POST
def decision(request: HttpRequest, token: str, version: int) -> HttpResponse:
    case = case_of(token)
    made = get_object_or_404(Offer.objects.select_related("case"), case=case, version=version)
    form = DecisionForm(request.POST)

    def decide() -> None:
        deed = accept_offer if form.cleaned_data["accepted"] else decline_offer
        deed(made, by=self_of(case), at=now(), comment=form.cleaned_data["comment"])

    return take(request, token, case, form, decide, _("Thank you for your decision."))


@require_POST
def confirmation(request: HttpRequest, token: str) -> HttpResponse:
    case = case_of(token)
    form = ConfirmationForm(request.POST)
    return take(
        request,
        token,
        case,
        form,
        lambda: confirm(case, form.word(), by=self_of(case), at=now()),
        _("Thank you for telling us."),
    )


@require_POST
def urging(request: HttpRequest, token: str) -> HttpResponse:
    case = case_of(token)
    return take(
        request,
        token,
        case,
        DeskForm(request.POST),
        rung("urging", case, urge),
        _("We have passed it on: your matter is being urged."),
    )


@require_POST
def call(request: HttpRequest, token: str) -> HttpResponse:
    case = case_of(token)
    return take(
        request,
        token,
        case,
        DeskForm(request.POST),
        rung("call", case, want_call),
        _("We will call you."),
    )


@require_POST
def reopening(request: HttpRequest, token: str) -> HttpResponse:
    case = case_of(token)
    form = ReasonForm(request.POST)
    return take(
        request,
        token,
        case,
        form,
        lambda: reopen(case, reason=form.cleaned_data["reason"], by=self_of(case), at=now()),
        _("We take it up again."),
    )


@require_POST
def withdrawal(request: HttpRequest, token: str) -> HttpResponse:
    case = case_of(token)
    form = WithdrawalForm(request.POST)
    return take(
        request,
        token,
        case,
        form,
        lambda: withdraw(case, reason=form.cleaned_data["reason"], by=self_of(case), at=now()),
        _("You took it back. Thank you for telling us."),
    )


@require_GET
def file(request: HttpRequest, token: str, pk: int) -> FileResponse:
    case = case_of(token)
    of_case = {"message__subject_type": case._meta.label_lower, "message__subject_id__in": keys_of(case)}
    return served(get_object_or_404(Attachment, pk=pk, **of_case))


def complaint(request: HttpRequest) -> HttpResponse:
    """The public form: its case has the same clocks as any other."""
    form = ComplaintForm(request.POST, request.FILES) if request.method == "POST" else ComplaintForm()
    if form.is_bound and form.is_valid():
        if form.cleaned_data["website"]:
            return render(request, "portal/thanks.html")
        try:
            ensure_rare(f"form:{client_address(request)}", limit=20, seconds=AN_HOUR)
            case = registered(request, form)
        except DomainError as refusal:
            form.refuse(refusal)
        else:
            messages.success(request, _("We have it. Please keep the address of this page: here you see what we do."))
            return redirect("portal:page", token_for(case))
    return render(request, "portal/complaint.html", {"form": form}, status=422 if form.errors else 200)


def registered(request: HttpRequest, form: ComplaintForm) -> Case:
    at, customer = now(), customer_actor(pk=None, name=form.cleaned_data["name"])
    return once(form_digest(request), lambda: register(form.draft(), by=customer, at=at), at=at)


@require_GET
def invitation(request: DeskRequest, number: str) -> HttpResponse:
    """For staff: the link to pass on to the customer."""
    case = get_object_or_404(Case.objects.visible_to(request.actor), number=number)
    return render(request, "portal/_invitation.html", {"case": case, "link": link_for(case)})


def rung(bell: str, case: Case, deed: Callable[..., object]) -> Callable[[], object]:
    """Return the deed of a customer who rings one of our bells, which can be done a few times in an hour."""

    def ring() -> object:
        try:
            ensure_rare(f"{bell}:{case.pk}", limit=RUNG_AT_MOST, seconds=AN_HOUR)
        except TooMany:
            raise TooMany(_("We have heard you: those who handle your matter were told each time.")) from None
        return deed(case, by=self_of(case), at=now())

    return ring


def self_of(case: Case) -> Actor:
    return customer_actor(pk=case.customer_id, name=case.customer_name or str(_("customer")))


def take(
    request: HttpRequest, token: str, case: Case, form: DeskForm, deed: Callable[[], object], thanks: Sentence
) -> HttpResponse:
    """Do what the customer asks, thank them, and show the page; what cannot be done keeps what they typed."""

    def carry_out() -> Case:
        deed()
        return case

    if form.is_valid():
        try:
            ensure_rare(f"portal:{case.pk}", limit=40, seconds=AN_HOUR)
            once(form_digest(request), carry_out, at=now())
        except DomainError as refusal:
            form.refuse(refusal)
        else:
            messages.success(request, str(thanks))
            return redirect("portal:page", token)
    case.refresh_from_db()
    return show(request, case, token, refused=form, status=422)


def show(
    request: HttpRequest, case: Case, token: str, *, refused: DeskForm | None = None, status: int = 200
) -> HttpResponse:
    forms: dict[str, DeskForm] = {
        "words": WordsForm(),
        "decision": DecisionForm(),
        "word": ConfirmationForm(),
        "again": ReasonForm(),
        "withdrawal": WithdrawalForm(),
    }
    for name, form in forms.items():
        if type(form) is type(refused) and refused is not None:
            forms[name] = refused
    context = {"page": own_page(case, now=now()), "case": case, "token": token, "refused": refused, **forms}
    response = render(request, "portal/page.html", context, status=status)
    response["X-Robots-Tag"] = "noindex"
    response["Cache-Control"] = "no-store"
    return response
