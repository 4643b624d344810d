"""Changing many cases at once: choose what, see what will happen, do it, read the result, undo it for two minutes."""

from __future__ import annotations

import json
from dataclasses import dataclass

from django.http import Http404, HttpResponse, QueryDict
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from huiying.cases.actions.batch import IN_REQUEST, ask_to_undo, go_on, open_batch
from huiying.cases.actions.changes import MAY, STEPS, change_of
from huiying.cases.forms.batch import FORMS, BatchForm
from huiying.cases.forms.selection import SelectionForm
from huiying.cases.models import Batch, BatchLine, Case, Urgency
from huiying.cases.models.case import CaseQuerySet
from huiying.cases.queries.batch import lines_of, preview_of, taken_in
from huiying.cases.queries.selection import selected
from huiying.cases.tasks import perform_batch
from huiying.cases.views.deed import Sheet
from huiying.kit.guards import BadInput, DomainError, Sentence, ensure
from huiying.staff.http import DeskRequest

Deed = Batch.Deed
SHEETS = {
    Deed.ASSIGNMENT: Sheet(title=_("Assign cases"), button=_("Assign"), done=""),
    Deed.URGENCY: Sheet(title=_("Change the urgency"), button=_("Change"), done=""),
    Deed.CATEGORY: Sheet(title=_("Change the category"), button=_("Change"), done=""),
    Deed.TAG: Sheet(title=_("Add a tag"), button=_("Add"), done=""),
    Deed.UNTAG: Sheet(title=_("Take a tag off"), button=_("Take off"), done=""),
}

NAMES = {**STEPS, **dict(Urgency.choices)}


@dataclass(frozen=True)
class Counted:
    """A result and how many cases came to it."""

    label: Sentence
    count: int


@require_http_methods(["GET", "POST"])
def new(request: DeskRequest, deed: str) -> HttpResponse:
    """GET asks what to change in the cases ticked; POST changes them: up to fifty now, more by the task worker."""
    chosen = deed_of(request, deed)
    if request.method == "GET":
        numbers = [case.number for case in taken_in(ticked(request))]
        if not numbers:
            raise BadInput(_("Please tick at least one case."))
        return show(request, chosen, FORMS[chosen].about(numbers))
    form = FORMS[chosen](request.POST)
    if form.is_valid():
        try:
            return answer(request, begun(request, chosen, form))
        except DomainError as refusal:
            form.refuse(refusal)
    return show(request, chosen, form)


@require_POST
def preview(request: DeskRequest, deed: str) -> HttpResponse:
    """What would become of each case, were the form sent as it is."""
    chosen = deed_of(request, deed)
    form = FORMS[chosen](request.POST)
    if not form.is_valid():
        return render(request, "cases/_batch_preview.html", {"count": len(form.numbers)})
    change = change_of(chosen, form.wanted())
    seen = preview_of(change, taken_in(numbered(request, form)), by=request.actor, asked=len(form.numbers))
    return render(request, "cases/_batch_preview.html", {"preview": seen, "count": len(seen.prospects)})


@require_GET
def batch(request: DeskRequest, pk: int) -> HttpResponse:
    return render(request, "cases/batch.html", told(request, visible_batch(request, pk)))


@require_GET
def progress(request: DeskRequest, pk: int) -> HttpResponse:
    """How far it is; once it has ended, what came of it."""
    moving = visible_batch(request, pk)
    response = render(request, "cases/_batch.html", told(request, moving))
    return response if moving.is_at_work else and_refresh(response)


@require_POST
def start(request: DeskRequest, pk: int) -> HttpResponse:
    """Set a batch going again whose worker has not been heard of."""
    waiting = visible_batch(request, pk)
    if waiting.is_stuck:
        set_going(waiting, request)
    return answer(request, waiting)


@require_POST
def undoing(request: DeskRequest, pk: int) -> HttpResponse:
    done = visible_batch(request, pk)
    ask_to_undo(done, at=timezone.now())
    set_going(done, request)
    return answer(request, done)


def deed_of(request: DeskRequest, deed: str) -> Deed:
    """Return what is to be done, 404 for what nobody knows, 403 for what the actor may not do to any case."""
    if deed not in Deed:
        raise Http404
    ensure(MAY[Deed(deed)](request.actor))
    return Deed(deed)


def ticked(request: DeskRequest) -> CaseQuerySet:
    """Return the cases ticked, or all of the list whose filters are given as `of`."""
    visible = Case.objects.visible_to(request.actor)
    if "of" not in request.GET:
        return visible.filter(number__in=request.GET.getlist("case")).order_by("id")
    filters = SelectionForm(QueryDict(request.GET["of"]), actor=request.actor)
    return selected(filters.selection(), by=request.actor, at=timezone.now()).order_by("id")


def numbered(request: DeskRequest, form: BatchForm) -> CaseQuerySet:
    return Case.objects.visible_to(request.actor).filter(number__in=form.numbers).order_by("id")


def begun(request: DeskRequest, deed: Deed, form: BatchForm) -> Batch:
    cases = taken_in(numbered(request, form))
    if not cases:
        raise BadInput(_("Please tick at least one case."))
    key = form.cleaned_data["key"]
    opened = open_batch(deed, form.wanted(), cases, key=key, by=request.actor, at=timezone.now())
    if opened.state == Batch.State.WORKING:
        set_going(opened, request)
    return opened


def set_going(waiting: Batch, request: DeskRequest) -> None:
    if waiting.lines.count() > IN_REQUEST:
        perform_batch.enqueue(waiting.pk)
        waiting.refresh_from_db()
    else:
        go_on(waiting, by=request.actor, at=timezone.now())


def show(request: DeskRequest, deed: Deed, form: BatchForm) -> HttpResponse:
    context = {"form": form, "sheet": SHEETS[deed], "deed": deed, "count": len(form.numbers)}
    page = "cases/_batch_form.html" if request.htmx else "cases/batch_form.html"
    return render(request, page, context, status=422 if form.errors else 200)


def answer(request: DeskRequest, changed: Batch) -> HttpResponse:
    if not request.htmx:
        return redirect(changed)
    in_place = request.htmx.target == "batch"
    page = "cases/_batch.html" if in_place else "cases/_batch_sheet.html"
    return and_refresh(render(request, page, told(request, changed)))


def and_refresh(response: HttpResponse) -> HttpResponse:
    """Let the list behind the sheet be fetched anew and its ticks be taken off."""
    response["HX-Trigger"] = json.dumps({"batch-done": True})
    return response


def told(request: DeskRequest, shown: Batch) -> dict[str, object]:
    """Return what the result shows. Cases that went out of the reader's sight are named and not linked."""
    lines, counts = lines_of(shown), shown.counts()
    working = BatchLine.Result.WAITING if shown.state == Batch.State.WORKING else BatchLine.Result.CHANGED
    seen = Case.objects.visible_to(request.actor).filter(pk__in=[line.case_id for line in lines])
    left = (shown.undone_until - timezone.now()).total_seconds() if shown.undone_until else 0
    return {
        "batch": shown,
        "lines": lines,
        "linked": set(seen.values_list("pk", flat=True)),
        "results": [Counted(result.label, counts[result]) for result in BatchLine.Result if counts[result]],
        "left": counts[working],
        "gone": len(lines) - counts[working],
        "seconds_left": int(left) if shown.state == Batch.State.DONE and left > 0 else 0,
        "name": NAMES.get(shown.name, shown.name) if shown.deed == Deed.URGENCY else shown.name,
    }


def visible_batch(request: DeskRequest, pk: int) -> Batch:
    return get_object_or_404(Batch.objects.visible_to(request.actor), pk=pk)
