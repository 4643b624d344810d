"""Group incidents: the list, one incident, and what is done to it (SPEC C12)."""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import TypeVar

from django.http import HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.timezone import localdate, now
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_GET

from huiying.cases.actions import call_off, end, form_team, publish
from huiying.cases.actions.export import note_export
from huiying.cases.forms.incident import EndingForm, NoIncidentForm, StatementForm, TeamForm
from huiying.cases.models import Incident
from huiying.cases.policies import may_export
from huiying.cases.queries.incidents import listed, page_of, sheet_rows
from huiying.cases.views.deed import Sheet, page_or_sheet
from huiying.deadlines.holders import holders_of
from huiying.deadlines.models import Clock
from huiying.deadlines.queries import why as reasons
from huiying.journal.marks import mark_of
from huiying.kit.downloads import table_file
from huiying.kit.forms import DeskForm
from huiying.kit.guards import DomainError, Sentence, ensure
from huiying.staff.http import DeskRequest

FormT = TypeVar("FormT", bound=DeskForm)
TEAM = Sheet(title=_("Form the team"), button=_("Form"), done=_("They have been told."))
STATEMENT = Sheet(
    title=_("Answer all"),
    button=_("Publish"),
    done=_("Published. Everybody gets it now; whom no e-mail reaches stands below to be called."),
    hint=_("It goes to every customer of the incident, and to those who join later. It answers them as yours."),
)
ENDING = Sheet(title=_("End the incident"), button=_("End"), done=_("Ended."))
CALLING_OFF = Sheet(
    title=_("No group incident"),
    button=_("Call off"),
    done=_("Called off. Its cases go on alone."),
    hint=_("So many people count as usual from now on; a suspicion comes again when they have doubled."),
)


@require_GET
def incidents(request: DeskRequest) -> HttpResponse:
    suspicions, live, ended = listed(request.actor)
    context = {"suspicions": suspicions, "live": live, "ended": ended}
    return render(request, "cases/incidents.html", context)


@require_GET
def incident(request: DeskRequest, number: str) -> HttpResponse:
    page = page_of(visible_incident(request, number), by=request.actor, now=now())
    template = "cases/_incident.html" if request.htmx else "cases/incident.html"
    return render(request, template, {"page": page, "incident": page.incident, "may_export": may_export(request.actor)})


@require_GET
def incident_export(request: DeskRequest, number: str) -> HttpResponseBase:
    """Answer its cases as a workbook: whom to call, who was told, who is content."""
    shown = visible_incident(request, number)
    ensure(may_export(request.actor))
    entry = note_export(shown.members.standing().count(), form="xlsx", by=request.actor, at=now())
    return table_file(sheet_rows(shown, by=request.actor), title=shown.number, day=localdate(), mark=mark_of(entry))


@require_GET
def incident_why(request: DeskRequest, number: str, pk: int) -> HttpResponse:
    shown = visible_incident(request, number)
    clocks = Clock.objects.about(shown).select_related("policy", "owner", "team", "department")
    clock = get_object_or_404(clocks, pk=pk)
    reckoned = reasons(clock, holders_of([clock], now=now())[clock.pk])
    return render(request, "cases/_why.html", {"why": reckoned})


def incident_team(request: DeskRequest, number: str) -> HttpResponse:
    shown = visible_incident(request, number)
    form = TeamForm(request.POST if request.method == "POST" else None, incident=shown)
    return on_incident(request, shown, form, TEAM, lambda f: form_team(shown, f.team(), by=request.actor, at=now()))


def statements(request: DeskRequest, number: str) -> HttpResponse:
    shown = visible_incident(request, number)
    before = shown.statements.last()
    initial = {"text": before.text if before else ""}
    form = StatementForm(request.POST if request.method == "POST" else None, initial=initial)
    return on_incident(
        request, shown, form, STATEMENT, lambda f: publish(shown, f.cleaned_data["text"], by=request.actor, at=now())
    )


def ending(request: DeskRequest, number: str) -> HttpResponse:
    shown = visible_incident(request, number)
    form = EndingForm(request.POST if request.method == "POST" else None)
    return on_incident(request, shown, form, ENDING, lambda f: end(shown, **f.cleaned_data, by=request.actor, at=now()))


def calling_off(request: DeskRequest, number: str) -> HttpResponse:
    shown = visible_incident(request, number)
    form = NoIncidentForm(request.POST if request.method == "POST" else None)
    return on_incident(
        request, shown, form, CALLING_OFF, lambda f: call_off(shown, **f.cleaned_data, by=request.actor, at=now())
    )


def visible_incident(request: DeskRequest, number: str) -> Incident:
    incidents = Incident.objects.visible_to(request.actor).select_related("lead", "department", "declared_by")
    return get_object_or_404(incidents.prefetch_related("people__user"), number=number)


def on_incident(
    request: DeskRequest,
    shown: Incident,
    form: FormT,
    sheet: Sheet,
    deed: Callable[[FormT], object],
    about: object = None,
) -> HttpResponse:
    """Show the form; once sent and valid, do the deed. A refusal is said in the form; nothing typed is lost."""
    if request.method == "POST" and form.is_valid():
        try:
            deed(form)
        except DomainError as refusal:
            form.refuse(refusal)
        else:
            return incident_changed(request, shown, sheet.done)
    context = {"form": form, "sheet": sheet, "about": about or shown}
    return render(request, page_or_sheet(request), context, status=422 if form.is_bound and form.errors else 200)


def incident_changed(request: DeskRequest, shown: Incident, sentence: Sentence) -> HttpResponse:
    """Close the sheet and let the page fetch what changed; without scripts, go back to the incident."""
    if not request.htmx:
        return redirect(shown)
    events = {
        "close-sheet": True,
        "incident-changed": shown.number,
        "say": {"text": str(sentence), "tone": "success"},
    }
    return HttpResponse(status=204, headers={"HX-Trigger": json.dumps(events)})
