"""What detection suggests: its evidence and a person's decision. Cases one has ticked are declared here, too."""

from __future__ import annotations

from collections.abc import Iterable

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.timezone import now
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_GET

from huiying.cases.actions import IncidentDraft, declare, dismiss
from huiying.cases.forms.incident import DeclarationForm, NoIncidentForm
from huiying.cases.models import Case, Suspicion
from huiying.cases.policies import may_declare_incident
from huiying.cases.queries.incidents import evidence_of
from huiying.cases.views.batch import ticked
from huiying.cases.views.deed import Sheet, page_or_sheet
from huiying.kit.forms import DeskForm
from huiying.kit.guards import BadInput, DomainError, ensure
from huiying.staff.http import DeskRequest

AT_MOST = 500
DECLARE = Sheet(
    title=_("Declare a group incident"),
    button=_("Declare"),
    done=_("Declared. Three clocks run: team within the hour, first answer in four, verified in twenty-four."),
    template="cases/_declaration.html",
)
DISMISS = Sheet(
    title=_("No group incident"),
    button=_("Dismiss"),
    done="",
    hint=_("So many people count as usual from now on; a suspicion comes again when they have doubled."),
)


@require_GET
def suspicion(request: DeskRequest, pk: int) -> HttpResponse:
    shown = visible_suspicion(request, pk)
    return render(request, "cases/suspicion.html", {"evidence": evidence_of(shown, by=request.actor), "one": shown})


def declaration(request: DeskRequest, pk: int) -> HttpResponse:
    """Declare what is suspected: all of its cases belong to the incident."""
    shown = visible_suspicion(request, pk)
    cases = [row.case for row in shown.cases.select_related("case")]
    initial = {"title": shown.title, "lead": request.actor.pk}
    form = DeclarationForm(request.POST if request.method == "POST" else None, initial=initial)
    return declared(request, form, cases, suspicion=shown)


def incident_new(request: DeskRequest) -> HttpResponse:
    """Declare an incident of the cases that were ticked in a list."""
    ensure(may_declare_incident(request.actor))
    if request.method == "POST":
        numbers = request.POST.getlist("case")
        cases = list(Case.objects.visible_to(request.actor).filter(number__in=numbers).order_by("id")[:AT_MOST])
        return declared(request, DeclarationForm(request.POST), cases)
    cases = list(ticked(request)[: AT_MOST + 1])
    if not cases:
        raise BadInput(_("Please tick at least one case."))
    if len(cases) > AT_MOST:
        raise BadInput(_("These are more than {count} cases. Please narrow the list.").format(count=AT_MOST))
    initial = {"title": cases[0].subject, "lead": request.actor.pk}
    return declared(request, DeclarationForm(initial=initial), cases)


def dismissal(request: DeskRequest, pk: int) -> HttpResponse:
    shown = visible_suspicion(request, pk)
    form = NoIncidentForm(request.POST if request.method == "POST" else None)
    if form.is_bound and form.is_valid():
        try:
            dismiss(shown, **form.cleaned_data, by=request.actor, at=now())
        except DomainError as refusal:
            form.refuse(refusal)
        else:
            return gone_to(request, shown.get_absolute_url())
    return sheet(request, form, DISMISS, about=shown)


def declared(
    request: DeskRequest, form: DeclarationForm, cases: Iterable[Case], *, suspicion: Suspicion | None = None
) -> HttpResponse:
    """Ask for title and lead; once given, declare and go to the incident."""
    if form.is_bound and form.is_valid():
        try:
            made = declare(IncidentDraft(**form.cleaned_data), cases, by=request.actor, at=now(), suspicion=suspicion)
        except DomainError as refusal:
            form.refuse(refusal)
        else:
            return gone_to(request, made.get_absolute_url())
    return sheet(request, form, DECLARE, cases=list(cases), about=suspicion)


def sheet(request: DeskRequest, form: DeskForm, words: Sheet, **more: object) -> HttpResponse:
    context = {"form": form, "sheet": words, **more}
    return render(request, page_or_sheet(request), context, status=422 if form.is_bound and form.errors else 200)


def gone_to(request: DeskRequest, address: str) -> HttpResponse:
    """Go to a page, also from a sheet."""
    if not request.htmx:
        return redirect(address)
    return HttpResponse(status=204, headers={"HX-Redirect": address})


def visible_suspicion(request: DeskRequest, pk: int) -> Suspicion:
    return get_object_or_404(
        Suspicion.objects.visible_to(request.actor).select_related("incident", "decided_by"), pk=pk
    )
