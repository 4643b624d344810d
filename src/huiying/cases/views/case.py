"""The page of a case, and the words said on it."""

from __future__ import annotations

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.timezone import now
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_GET, require_POST

from huiying.cases.actions import answer, keep_promise, note
from huiying.cases.actions.drafts import discard_draft, keep_draft, kept_draft
from huiying.cases.forms import AnswerForm, NoteForm
from huiying.cases.models import Case, Promise
from huiying.cases.queries.merged import keys_told_on
from huiying.cases.queries.page import case_page
from huiying.cases.views.deed import done, visible_case
from huiying.channels.models.endpoint import Channel
from huiying.customers.queries import email_of
from huiying.kit.guards import DomainError, Sentence
from huiying.kit.http import say
from huiying.staff.http import DeskRequest


@require_GET
def case(request: DeskRequest, number: str) -> HttpResponse:
    """The whole page."""
    found = visible_case(request, number)
    page = case_page(found, by=request.actor, now=now())
    kept = kept_draft(place_of(found), by=request.user.pk)
    form = AnswerForm(initial={**first_channel(found), **kept})
    context = {"page": page, "case": found, "form": form, "internal": bool(kept.get("internal"))}
    return render(request, "cases/case.html", context)


@require_GET
def parts(request: DeskRequest, number: str) -> HttpResponse:
    """What of the page changes while it is open: head, timeline and side, each replaced where it stands."""
    found = visible_case(request, number)
    page = case_page(found, by=request.actor, now=now())
    return render(request, "cases/_parts.html", {"page": page, "case": found, "oob": True})


@require_POST
def messages(request: DeskRequest, number: str) -> HttpResponse:
    """Say something to the customer."""
    found = visible_case(request, number)
    form = AnswerForm(request.POST, request.FILES)
    if form.is_valid():
        try:
            answer(found, form.words(), by=request.actor, at=now())
        except DomainError as refusal:
            form.refuse(refusal)
        else:
            channel = form.cleaned_data["channel"]
            said = _("Sent to the customer.") if channel == Channel.EMAIL else _("Recorded.")
            return fresh_composer(request, found, AnswerForm(initial={"channel": channel}), said)
    return render(request, "cases/_composer.html", {"case": found, "form": form}, status=422)


@require_POST
def notes(request: DeskRequest, number: str) -> HttpResponse:
    """Note something among ourselves."""
    found = visible_case(request, number)
    form = NoteForm(request.POST)
    if form.is_valid():
        note(found, form.cleaned_data["text"], by=request.actor, at=now())
        return fresh_composer(
            request, found, AnswerForm(initial=first_channel(found)), _("Noted, for colleagues only.")
        )
    return render(request, "cases/_composer.html", {"case": found, "form": form, "internal": True}, status=422)


@require_POST
def composer_draft(request: DeskRequest, number: str) -> HttpResponse:
    """Keep the words that are not sent yet, and whom they are for: a note must never come back as an answer."""
    found = visible_case(request, number)
    text = request.POST.get("text", "")
    meant = {"text": text, "internal": request.POST.get("internal", "")} if text else {}
    keep_draft(place_of(found), meant, by=request.user.pk, at=now())
    return HttpResponse(status=204)


@require_POST
def promise_keeping(request: DeskRequest, number: str, pk: int) -> HttpResponse:
    found = visible_case(request, number)
    for made in Promise.objects.filter(case__in=keys_told_on(found), pk=pk).select_related("case"):
        keep_promise(made, by=request.actor, at=now())
    return done(request, found, _("A promise kept."))


def fresh_composer(request: DeskRequest, found: Case, form: AnswerForm, said: Sentence) -> HttpResponse:
    discard_draft(place_of(found), by=request.user.pk)
    if not request.htmx:
        return redirect(found)
    response = render(request, "cases/_composer.html", {"case": found, "form": form})
    response["HX-Trigger-After-Swap"] = "case-changed"
    return say(response, said)


def first_channel(found: Case) -> dict[str, str]:
    """Propose the channel the customer came by, where an answer can go back the same way."""
    offered = dict(AnswerForm.base_fields["channel"].choices)  # type: ignore[attr-defined]
    if found.channel == "email" and not (found.customer and email_of(found.customer, found.contact)):
        return {"channel": "phone"}
    return {"channel": found.channel if found.channel in offered else "phone"}


def place_of(found: Case) -> str:
    return f"answer:{found.number}"
