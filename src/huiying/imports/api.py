"""Imports in the interface: send a file, ask how far it is, fetch the rows that were given back."""

from __future__ import annotations

from django.http import FileResponse, Http404
from django.shortcuts import get_object_or_404
from django.utils import timezone
from django.utils.translation import gettext_noop as _
from ninja import File, Form, Path, Query, Router, Schema, Status
from ninja.files import UploadedFile

from huiying.imports.actions import ask as ask_for
from huiying.imports.actions.job import take_in
from huiying.imports.models import ImportJob, State
from huiying.imports.tasks import perform_import
from huiying.kit.paging import page_of
from huiying.kit.rest import Ask, Code, Key, Moment, Page, PageOf, Word
from huiying.staff.http import ApiRequest

router = Router(tags=["imports"])


class ImportAsk(Ask):
    """What the file holds: customers, orders or cases. With `dry_run` nothing is stored."""

    kind: Word
    dry_run: bool = False


class RowProblem(Schema):
    """A row that was given back, and why."""

    row: int
    reason: str


class ImportShown(Schema):
    """A file on its way; it has arrived when `state` is `rehearsed`, `done` or `failed`."""

    id: int
    kind: str
    file_name: str
    state: Code[State]
    mapping: dict[str, str]
    rows: int
    stored: int
    unchanged: int
    rejected: int
    problems: list[RowProblem]
    error: str
    created_at: Moment


@router.post("/imports", response={202: ImportShown}, summary=_("Import a file"))
def start(request: ApiRequest, file: File[UploadedFile], ask: Form[ImportAsk]) -> Status[ImportShown]:
    job = take_in(ask.kind, file, by=request.actor)
    state = State.REHEARSING if ask.dry_run else State.RUNNING
    ask_for(job, state, mapping=job.mapping, by=request.actor, at=timezone.now())
    perform_import.enqueue(job.pk)
    return Status(202, import_shown(job))


@router.get("/imports", response=Page[ImportShown], summary=_("List imports"))
def imports(request: ApiRequest, ask: Query[PageOf]) -> Page[ImportShown]:
    page = page_of(ImportJob.objects.visible_to(request.actor), by="-id", cursor=ask.cursor, limit=ask.limit)
    return Page(items=[import_shown(job) for job in page.items], next_cursor=page.next_cursor)


@router.get("/imports/{job_id}", response=ImportShown, summary=_("Ask how far an import is"))
def progress(request: ApiRequest, job_id: Path[Key]) -> ImportShown:
    return import_shown(get_object_or_404(ImportJob.objects.visible_to(request.actor), pk=job_id))


@router.get("/imports/{job_id}/rejected", response={200: bytes}, summary=_("Fetch the rows that were given back"))
def rejected(request: ApiRequest, job_id: Path[Key]) -> FileResponse:
    job = get_object_or_404(ImportJob.objects.visible_to(request.actor), pk=job_id)
    if not job.rejected or not job.rejected_path.exists():
        raise Http404
    return FileResponse(job.rejected_path.open("rb"), as_attachment=True, filename=job.rejected_name)


def import_shown(job: ImportJob) -> ImportShown:
    return ImportShown(
        id=job.pk,
        kind=job.kind,
        file_name=job.file_name,
        state=State(job.state),
        mapping=job.mapping,
        rows=job.rows,
        stored=job.stored,
        unchanged=job.unchanged,
        rejected=job.rejected,
        problems=[RowProblem(**problem) for problem in job.problems],
        error=job.error,
        created_at=job.created_at,
    )
