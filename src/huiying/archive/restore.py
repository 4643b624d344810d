"""Bringing an installation back from one file."""

from __future__ import annotations

import json
import shutil
import tarfile
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management import call_command
from django.db import DatabaseError, connection
from django.db.migrations.loader import MigrationLoader
from django.utils.translation import gettext_lazy as _

from huiying.archive.backup import MANIFEST, SECRET, UPLOADS, secret_file
from huiying.archive.databases import POSTGRES_FILE, SQLITE_FILE, ArchiveTrouble, load_database
from huiying.journal.models import Pulse
from huiying.schedule import STEPS
from huiying.staff.models import User

RUNNING = timedelta(seconds=30)
FILES = {"sqlite": SQLITE_FILE, "postgresql": POSTGRES_FILE}


def restore(file: Path, *, replace: bool, at: datetime) -> dict[str, Any]:
    """Put the backup in the place of what is here and bring it up to date; return its manifest.

    Everything is unpacked and examined before anything here changes. Raises ArchiveTrouble.
    """
    ensure_stopped(at)
    if holds_people() and not replace:
        raise ArchiveTrouble(_("There is an installation here already. Add --replace to put the backup in its place."))
    with unpacked(file) as folder:
        manifest = examined(folder)
        load_database(folder / FILES[connection.vendor])
        put_back(folder / UPLOADS, settings.MEDIA_ROOT)
        if manifest["has_secret"]:
            shutil.copy2(folder / SECRET, secret_file())
    call_command("migrate", verbosity=0)
    return manifest


def ensure_stopped(at: datetime) -> None:
    steps = [step.name for step in STEPS]
    try:
        running = Pulse.objects.filter(name__in=steps, at__gt=at - RUNNING).exists()
    except DatabaseError:  # an empty place has no pulses
        connection.close()
        return
    if running:
        raise ArchiveTrouble(_("Huiying is running here. Stop it, wait half a minute, then restore."))


def holds_people() -> bool:
    try:
        return bool(User.objects.exists())
    except DatabaseError:
        connection.close()
        return False


@contextmanager
def unpacked(file: Path) -> Iterator[Path]:
    """Unpack beside the data, so that files are moved and not copied; what is left is removed."""
    Path(settings.DATA_DIR).mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(dir=settings.DATA_DIR) as scratch:
        try:
            with tarfile.open(file) as archive:
                archive.extractall(scratch, filter="data")
        except (OSError, EOFError, tarfile.TarError) as broken:
            reason = (str(broken).splitlines() or [""])[0].rstrip(":")  # below it tarfile lists each way it tried
            raise ArchiveTrouble(_("{file} is no whole backup: {reason}").format(file=file, reason=reason)) from broken
        yield Path(scratch)


def examined(folder: Path) -> dict[str, Any]:
    """Return the manifest after making sure that this version and this database can take the backup."""
    try:
        manifest: dict[str, Any] = json.loads((folder / MANIFEST).read_text())
    except (OSError, ValueError) as missing:
        raise ArchiveTrouble(_("This file was not made by `huiying backup`.")) from missing
    if manifest["database"] != connection.vendor or not (folder / FILES[connection.vendor]).exists():
        words = {"theirs": manifest["database"], "ours": connection.vendor}
        raise ArchiveTrouble(_("The backup is of {theirs}, this installation uses {ours}.").format(**words))
    known = {f"{app}.{name}" for app, name in MigrationLoader(None).disk_migrations}
    if set(manifest["migrations"]) - known:
        raise ArchiveTrouble(
            _("The backup was made by a newer version ({version}). Install that one first.").format(
                version=manifest["version"]
            )
        )
    return manifest


def put_back(saved: Path, place: Path) -> None:
    """Let the saved folder take the place; what was there goes only when the saved one stands."""
    before = place.with_name(place.name + ".before")
    shutil.rmtree(before, ignore_errors=True)
    if place.exists():
        place.rename(before)
    if saved.is_dir():
        saved.rename(place)
    shutil.rmtree(before, ignore_errors=True)
