"""Bringing a file in from the browser: upload, check the columns, try, import, fetch what was rejected."""

from __future__ import annotations

from itertools import islice
from pathlib import Path

from django.http import FileResponse, Http404, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.timezone import now
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_GET, require_POST

from huiying.imports.actions.job import ask, table_of, take_in
from huiying.imports.forms import MappingForm, UploadForm
from huiying.imports.importers import importer_of, importers_for
from huiying.imports.models import ImportJob, State
from huiying.imports.tasks import perform_import
from huiying.kit.guards import DomainError, ensure
from huiying.kit.paging import neighbours, page_of
from huiying.staff.http import DeskRequest

PAGE = 30
SAMPLE = 5


def job_list(request: DeskRequest) -> HttpResponse:
    """What was imported before, and the form to bring in another file."""
    ensure(bool(importers_for(request.actor)), _("You are not allowed to import files."))
    form = UploadForm(actor=request.actor)
    if request.method == "POST":
        form = UploadForm(request.POST, request.FILES, actor=request.actor)
        if form.is_valid():
            try:
                given = form.cleaned_data
                return redirect("imports:job", take_in(given["kind"], given["file"], by=request.actor).pk)
            except DomainError as refusal:
                form.refuse(refusal)
    jobs = ImportJob.objects.visible_to(request.actor).select_related("user")
    page = page_of(jobs, by="-id", cursor=request.GET.get("cursor", ""), limit=PAGE)
    context = {"form": form, "page": page, **neighbours(request.GET, page)}
    return render(request, "imports/list.html", context, status=422 if form.errors else 200)


@require_GET
def job(request: DeskRequest, pk: int) -> HttpResponse:
    return show(request, visible_job(request, pk), None)


@require_GET
def progress(request: DeskRequest, pk: int) -> HttpResponse:
    """How far it is; once it has ended, the page is fetched anew."""
    moving = visible_job(request, pk)
    if not moving.is_at_work:
        return HttpResponse(status=204, headers={"HX-Refresh": "true"})
    return render(request, "imports/_progress.html", {"job": moving})


@require_POST
def rehearsal(request: DeskRequest, pk: int) -> HttpResponse:
    """Try the whole file and store nothing."""
    return set_going(request, pk, State.REHEARSING)


@require_POST
def start(request: DeskRequest, pk: int) -> HttpResponse:
    """Import the file."""
    return set_going(request, pk, State.RUNNING)


@require_GET
def rejected(request: DeskRequest, pk: int) -> HttpResponseBase:
    """The file of rejected rows, with the reason in the last column."""
    job = visible_job(request, pk)
    if not job.rejected_path.is_file():
        raise Http404
    return FileResponse(job.rejected_path.open("rb"), as_attachment=True, filename=job.rejected_name)


def set_going(request: DeskRequest, pk: int, state: State) -> HttpResponse:
    waiting = visible_job(request, pk)
    form = MappingForm(request.POST, job=waiting)
    if form.is_valid():
        try:
            ask(waiting, state, mapping=form.mapping(), by=request.actor, at=now())
        except DomainError as refusal:
            form.refuse(refusal)
        else:
            perform_import.enqueue(waiting.pk)
            return redirect("imports:job", waiting.pk)
    return show(request, waiting, form)


def show(request: DeskRequest, shown: ImportJob, form: MappingForm | None) -> HttpResponse:
    importer = importer_of(shown.kind)
    context: dict[str, object] = {"job": shown, "kind": importer.name}
    if Path(shown.path).is_file() and (shown.is_stuck or not shown.is_at_work):
        form = form or MappingForm(job=shown)
        sample = list(islice(table_of(shown, Path(shown.path)).lines, SAMPLE))
        context |= {"form": form, "columns": form.columns(sample)}
    return render(request, "imports/job.html", context, status=422 if form and form.errors else 200)


def visible_job(request: DeskRequest, pk: int) -> ImportJob:
    jobs = ImportJob.objects.visible_to(request.actor).select_related("user")
    return get_object_or_404(jobs, pk=pk, kind__in=[importer.kind for importer in importers_for(request.actor)])
