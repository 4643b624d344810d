"""Taking in a file, trying it, importing it. A job may be repeated: rows that are there already stay unchanged."""

from __future__ import annotations

import logging
from collections.abc import Callable, Mapping
from datetime import datetime
from pathlib import Path

from django.core.files.base import File
from django.db import transaction
from django.utils.translation import gettext_lazy as _

from huiying.imports import verbs
from huiying.imports.importers import importer_of
from huiying.imports.mapping import ensure_complete, known_headers, mapping_for, overridden, remember
from huiying.imports.models import AT_WORK, ImportJob, State
from huiying.imports.run import Run, Tally, rehearsed, stored
from huiying.journal.actors import Actor
from huiying.journal.entries import record
from huiying.kit.growing import planned_anew, take_stock
from huiying.kit.guards import DomainError, ensure
from huiying.kit.tables import Table, open_table, write_lines

log = logging.getLogger(__name__)
MANY = 10_000  # rows after which the database looks anew how its tables have grown
Moved = Callable[[ImportJob], None]


def take_in(kind: str, upload: File[bytes], *, by: Actor) -> ImportJob:
    """Keep an uploaded file and open a job for it. Raises BadInput when it holds no table."""
    job = ImportJob(kind=kind, file_name=Path(upload.name or "file").name[-200:])
    job.folder.mkdir(parents=True, exist_ok=True)
    path = job.folder / f"source{Path(job.file_name).suffix.lower()[:8]}"
    with path.open("wb") as file:
        for chunk in upload.chunks():
            file.write(chunk)
    try:
        return open_job(job, path, by=by)
    except DomainError:
        path.unlink()
        job.folder.rmdir()
        raise


def open_job(job: ImportJob, path: Path, *, mapping: Mapping[str, str] | None = None, by: Actor) -> ImportJob:
    """Read the file's columns and propose what they hold; what `mapping` says goes before."""
    importer = importer_of(job.kind)
    ensure(by.can(importer.power))
    job.mapping = dict(mapping or {})
    columns = table_of(job, path).columns
    job.path, job.columns = str(path), list(columns)
    job.mapping = overridden(importer, mapping_for(importer, columns), job.mapping)
    job.user_id = by.pk if by.is_staff else None
    job.save(force_insert=True)
    return job


@transaction.atomic
def ask(job: ImportJob, state: State, *, mapping: Mapping[str, str], by: Actor, at: datetime) -> None:
    """Ask for a rehearsal or for the import with this mapping, unless the job is at work already."""
    importer = importer_of(job.kind)
    ensure(by.can(importer.power))
    ensure_complete(importer, job.columns, mapping)
    waiting = ImportJob.objects.filter(pk=job.pk)
    if not job.is_stuck:
        waiting = waiting.exclude(state__in=AT_WORK)
    fresh = {"rows": 0, "stored": 0, "unchanged": 0, "rejected": 0, "problems": [], "error": "", "moved_at": at}
    if not waiting.update(state=state, mapping=dict(mapping), **fresh):
        raise DomainError(_("This file is being worked on already."))
    job.refresh_from_db()


def perform(job: ImportJob, *, by: Actor, at: datetime, moved: Moved | None = None) -> None:
    """Do what was asked for: go through the file, keep the count in the job, write the file of rejected rows."""
    try:
        tally = go_through(job, by=by, at=at, moved=moved)
    except DomainError as refusal:
        stop(job, str(refusal))
        return
    except Exception:
        stop(job, str(_("Something went wrong on our side; what was stored before stays and is not stored twice.")))
        log.exception("The import %s stopped.", job.pk)
        raise
    finish(job, tally, by=by, at=at)


def go_through(job: ImportJob, *, by: Actor, at: datetime, moved: Moved | None) -> Tally:
    importer = importer_of(job.kind)
    table = table_of(job, Path(job.path))
    ensure_complete(importer, table.columns, job.mapping)

    def tell(tally: Tally) -> None:
        keep(job, tally)
        if moved is not None:
            moved(job)

    store = rehearsed if job.state == State.REHEARSING else stored
    run = Run(importer, table, job.mapping, store, by, at, tell, origin_of(job.file_name))
    with planned_anew():
        write_lines(job.rejected_path, [*table.columns, str(_("Reason"))], run.rejected())
    if run.tally.stored >= MANY and store is stored:
        take_stock()
    if not run.tally.rejected:
        job.rejected_path.unlink()
    return run.tally


def origin_of(file_name: str) -> str:
    """Return the file's name without its endings: 「投诉.csv.gz」 → 「投诉」."""
    return file_name.split(".", 1)[0] or file_name


def keep(job: ImportJob, tally: Tally) -> None:
    job.rows, job.stored, job.unchanged, job.rejected = tally.rows, tally.stored, tally.unchanged, tally.rejected
    del tally.problems[ImportJob.SHOWN_PROBLEMS :]
    job.problems = [{"row": number, "reason": reason} for number, reason in tally.problems]
    job.save(update_fields=["rows", "stored", "unchanged", "rejected", "problems", "moved_at"])


@transaction.atomic
def finish(job: ImportJob, tally: Tally, *, by: Actor, at: datetime) -> None:
    keep(job, tally)
    was_rehearsal = job.state == State.REHEARSING
    job.state = State.REHEARSED if was_rehearsal else State.DONE
    job.save(update_fields=["state", "moved_at"])
    if not was_rehearsal:
        remember(importer_of(job.kind), job.columns, job.mapping)
        record(verbs.IMPORTED, job, by=by, at=at, kind=job.kind, **job.counts())


def stop(job: ImportJob, reason: str) -> None:
    job.state, job.error = State.FAILED, reason
    job.save(update_fields=["state", "error", "moved_at"])


def table_of(job: ImportJob, path: Path) -> Table:
    is_known = known_headers(importer_of(job.kind))
    return open_table(path, known=lambda header: header in job.mapping or is_known(header))
