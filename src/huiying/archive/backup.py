"""Writing everything an installation is into one file."""

from __future__ import annotations

import json
import os
import sqlite3
import tarfile
import tempfile
from datetime import datetime
from pathlib import Path
from typing import Any

from django.conf import settings
from django.db import connection
from django.db.migrations.recorder import MigrationRecorder
from django.utils.translation import gettext_lazy as _

from huiying import __version__
from huiying.archive.databases import ArchiveTrouble, dump_database
from huiying.journal.models import Pulse

MANIFEST, SECRET, UPLOADS = "manifest.json", "secret_key", "uploads"


def back_up(file: Path, *, at: datetime) -> dict[str, Any]:
    """Write the backup and return its manifest. The file appears only when it is whole, readable by its owner only.

    The database is copied before the uploads, so that no upload it names is missing.
    """
    if not file.parent.is_dir():
        raise ArchiveTrouble(_("There is no folder {folder}.").format(folder=file.parent))
    manifest = describe(at)
    part = file.with_name(file.name + ".part")
    try:
        with tempfile.TemporaryDirectory(dir=file.parent) as scratch:
            write(part, Path(scratch), manifest)
        part.replace(file)
    except (OSError, sqlite3.Error) as failure:
        raise ArchiveTrouble(_("The backup could not be written: {reason}").format(reason=failure)) from failure
    finally:
        part.unlink(missing_ok=True)
    Pulse.beat("backup", at=at)
    return manifest | {"file": str(file), "bytes": file.stat().st_size}


def describe(at: datetime) -> dict[str, Any]:
    applied = MigrationRecorder(connection).applied_migrations()
    return {
        "made_by": "huiying",
        "version": __version__,
        "at": at.isoformat(),
        "database": connection.vendor,
        "migrations": sorted(f"{app}.{name}" for app, name in applied),
        "has_secret": secret_file().exists(),
    }


def write(part: Path, scratch: Path, manifest: dict[str, Any]) -> None:
    database = dump_database(scratch)
    (scratch / MANIFEST).write_text(json.dumps(manifest, indent=1))
    descriptor = os.open(part, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
    with os.fdopen(descriptor, "wb") as out, tarfile.open(fileobj=out, mode="w:gz", compresslevel=3) as archive:
        archive.add(scratch / MANIFEST, MANIFEST)
        archive.add(database, database.name)
        if manifest["has_secret"]:
            archive.add(secret_file(), SECRET)
        if settings.MEDIA_ROOT.is_dir():
            archive.add(settings.MEDIA_ROOT, UPLOADS)


def secret_file() -> Path:
    return Path(settings.DATA_DIR) / SECRET
