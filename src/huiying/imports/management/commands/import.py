# ruff: noqa: N999 - the module is called as the command is
"""`huiying import KIND FILE`: store a table of customers, orders, cases …; rejected rows come back as a file."""

from __future__ import annotations

import json
import sys
from pathlib import Path
from typing import Any

from django.core.management.base import CommandParser
from django.utils import timezone
from django.utils.translation import gettext as _
from rich.console import Console
from rich.progress import Progress, TextColumn, TimeElapsedColumn

from huiying.imports.actions import ask, open_job, perform
from huiying.imports.models import ImportJob, State
from huiying.journal.actors import IMPORTER
from huiying.kit.commands import SpokenCommand
from huiying.kit.guards import BadInput, DomainError


class Command(SpokenCommand):
    help = "Import a table (.xlsx, .xls, .csv); repeating it stores nothing twice."

    def add_arguments(self, parser: CommandParser) -> None:
        super().add_arguments(parser)
        parser.add_argument("kind", help="customers, orders, cases …")
        parser.add_argument("file", help="the table")
        parser.add_argument("--mapping", default="", help='JSON, or a file of it: {"column": "field"}')
        parser.add_argument("--dry-run", action="store_true", help="try only; store nothing")

    def work(self, **words: Any) -> None:
        path = Path(words["file"])
        if not path.is_file():
            raise BadInput(_("There is no file %(file)s.") % {"file": path}, field="file")
        job = ImportJob(kind=words["kind"], file_name=path.name[-200:])
        open_job(job, path.resolve(), mapping=given_mapping(words["mapping"]), by=IMPORTER)
        state = State.REHEARSING if words["dry_run"] else State.RUNNING
        ask(job, state, mapping=job.mapping, by=IMPORTER, at=timezone.now())
        go(job)
        if job.state == State.FAILED:
            raise DomainError(job.error)
        rejected_file = str(job.rejected_path) if job.rejected else None
        self.say(in_words(job), **job.counts(), rejected_file=rejected_file)


def go(job: ImportJob) -> None:
    """Perform the job; on a terminal, show how far it is."""
    columns = (TextColumn("{task.description}"), TextColumn("{task.completed:,.0f}"), TimeElapsedColumn())
    with Progress(*columns, console=Console(stderr=True), disable=not sys.stderr.isatty()) as bar:
        line = bar.add_task(job.file_name, total=None)
        perform(job, by=IMPORTER, at=timezone.now(), moved=lambda moved: bar.update(line, completed=moved.rows))


def given_mapping(text: str) -> dict[str, str]:
    """Return the mapping written out or kept in a file. Raises BadInput when it is none."""
    if not text:
        return {}
    written = text if text.lstrip().startswith("{") else file_text(Path(text))
    try:
        mapping = json.loads(written)
    except ValueError as wrong:
        raise BadInput(_("The mapping is no JSON: %(why)s") % {"why": wrong}, field="mapping") from wrong
    if not isinstance(mapping, dict):
        raise BadInput(_('The mapping must look like {"column": "field"}.'), field="mapping")
    return {str(column): str(code) for column, code in mapping.items()}


def file_text(path: Path) -> str:
    try:
        return path.read_text(encoding="utf-8")
    except OSError as wrong:
        raise BadInput(_("There is no file %(file)s.") % {"file": path}, field="mapping") from wrong


def in_words(job: ImportJob) -> str:
    shape = (
        _("Tried: %(stored)d rows would be stored, %(unchanged)d are already there, %(rejected)d would be rejected.")
        if job.state == State.REHEARSED
        else _("%(stored)d rows stored, %(unchanged)d already there, %(rejected)d rejected.")
    )
    lines = [shape % job.counts()]
    lines += [_("Row %(row)d: %(reason)s") % problem for problem in job.problems]
    if job.rejected:
        lines.append(_("All rejected rows with their reasons: %(file)s") % {"file": job.rejected_path})
    return "\n".join(lines)
