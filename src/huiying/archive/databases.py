"""Copying a whole database out and in: SQLite by its online backup, PostgreSQL by pg_dump and pg_restore."""

from __future__ import annotations

import os
import shutil
import sqlite3
import subprocess
from collections.abc import Sequence
from contextlib import closing
from pathlib import Path

from django.db import connection
from django.utils.translation import gettext_lazy as _

from huiying.kit.guards import DomainError

SQLITE_FILE, POSTGRES_FILE = "database.sqlite3", "database.pgdump"


class ArchiveTrouble(DomainError):
    """The backup could not be made or cannot be used; nothing was changed."""

    code = "archive-trouble"


def dump_database(folder: Path) -> Path:
    """Write the database as it is at one moment, while others go on working; return the file."""
    if connection.vendor == "sqlite":
        return dump_sqlite(folder / SQLITE_FILE)
    file = folder / POSTGRES_FILE
    run_tool(["pg_dump", "--format=custom", "--no-owner", "--no-privileges", "--file", str(file), *where()])
    return file


def dump_sqlite(file: Path) -> Path:
    connection.ensure_connection()
    with closing(sqlite3.connect(file)) as copy:
        connection.connection.backup(copy)
        copy.execute("PRAGMA journal_mode=DELETE")
        ensure_sound(copy)
    return file


def load_database(file: Path) -> None:
    """Put the dumped database in the place of the present one, wholly or not at all."""
    if connection.vendor == "sqlite":
        load_sqlite(file)
        return
    command = ["pg_restore", "--clean", "--if-exists", "--no-owner", "--no-privileges", "--single-transaction"]
    connection.close()
    run_tool([*command, *where(), str(file)])


def load_sqlite(file: Path) -> None:
    with closing(sqlite3.connect(file)) as copy:
        ensure_sound(copy)
    place = Path(str(connection.settings_dict["NAME"]))
    connection.close()
    for rest in ("-wal", "-shm"):
        place.with_name(place.name + rest).unlink(missing_ok=True)
    staged = place.with_name(place.name + ".restored")
    shutil.copyfile(file, staged)
    staged.replace(place)


def ensure_sound(copy: sqlite3.Connection) -> None:
    try:
        verdict = copy.execute("PRAGMA quick_check(1)").fetchone()[0]
    except sqlite3.DatabaseError as broken:
        verdict = str(broken)
    if verdict != "ok":
        raise ArchiveTrouble(_("The database in the backup is damaged: {reason}").format(reason=verdict))


def where() -> list[str]:
    """Return the connection as PostgreSQL's tools take it; the password goes through the environment."""
    words = connection.settings_dict
    named = {"--host": words["HOST"], "--port": words["PORT"], "--username": words["USER"], "--dbname": words["NAME"]}
    return [f"{name}={value}" for name, value in named.items() if value]


def run_tool(command: Sequence[str]) -> None:
    if shutil.which(command[0]) is None:
        raise ArchiveTrouble(
            _(
                "The program {tool} is missing. Install PostgreSQL's client programs (Debian: postgresql-client)."
            ).format(tool=command[0])
        )
    environment = os.environ | {"PGPASSWORD": str(connection.settings_dict["PASSWORD"])}
    ended = subprocess.run(command, env=environment, capture_output=True, text=True, check=False)  # noqa: S603 - our own words
    if ended.returncode:
        raise ArchiveTrouble(_("{tool} failed: {reason}").format(tool=command[0], reason=ended.stderr.strip()[-500:]))
