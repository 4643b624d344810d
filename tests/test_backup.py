"""Backup and restore from the command line, on whichever database the tests use."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import tarfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from uuid import uuid4

import psycopg
import pytest

SERVER = os.environ.get("HUIYING_DATABASE_URL", "")


class Installation:
    def __init__(self, folder: Path, database: str = "") -> None:
        self.folder = folder
        self.environment = os.environ | {"HUIYING_DATA_DIR": str(folder), "HUIYING_DATABASE_URL": database}

    def run(self, *words: str) -> subprocess.CompletedProcess[str]:
        command = [sys.executable, "-m", "huiying.cli", *words]
        return subprocess.run(command, env=self.environment, capture_output=True, text=True, check=False, timeout=180)

    def tell(self, *words: str) -> dict[str, object]:
        ended = self.run(*words, "--json")
        assert ended.returncode == 0, ended.stderr
        return json.loads(ended.stdout.splitlines()[-1])


@pytest.fixture(scope="module")
def lives(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Installation]:
    """An installation with an administrator and an upload."""
    with database() as url:
        lives = Installation(tmp_path_factory.mktemp("lives"), url)
        assert lives.run("migrate", "-v0").returncode == 0
        lives.tell("admin", "create", "boss", "--name", "老板")
        (lives.folder / "uploads").mkdir()
        (lives.folder / "uploads" / "照片.txt").write_text("proof")
        yield lives


@pytest.fixture
def empty(tmp_path: Path) -> Iterator[Installation]:
    with database() as url:
        yield Installation(tmp_path / "empty", url)


@contextmanager
def database() -> Iterator[str]:
    """A PostgreSQL database of its own, or the embedded file."""
    if not SERVER:
        yield ""
        return
    name = f"huiying_backup_{uuid4().hex[:8]}"
    with psycopg.connect(SERVER, autocommit=True) as server:
        server.execute(f"CREATE DATABASE {name}")
        yield SERVER.rsplit("/", 1)[0] + "/" + name
        server.execute(f"DROP DATABASE {name} WITH (FORCE)")


def test_everything_comes_back(lives, empty, tmp_path):
    made = lives.tell("backup", str(tmp_path / "all.backup"))
    assert made["migrations"]
    assert (tmp_path / "all.backup").stat().st_mode & 0o077 == 0

    empty.tell("restore", str(tmp_path / "all.backup"))
    assert empty.tell("token", "create", "--user", "boss")["user"] == "boss"
    assert (empty.folder / "uploads" / "照片.txt").read_text() == "proof"
    assert (empty.folder / "secret_key").read_text() == (lives.folder / "secret_key").read_text()

    refused = empty.run("restore", str(tmp_path / "all.backup"))
    assert refused.returncode == 1
    assert "--replace" in refused.stderr
    empty.tell("restore", str(tmp_path / "all.backup"), "--replace")


def test_a_broken_or_foreign_file_changes_nothing(lives, tmp_path):
    broken = tmp_path / "broken"
    broken.write_bytes(b"\x1f\x8b nonsense")
    assert lives.run("restore", str(broken), "--replace").returncode == 1
    with tarfile.open(tmp_path / "foreign", "w:gz") as archive:
        archive.add(broken, "something")
    assert "huiying backup" in lives.run("restore", str(tmp_path / "foreign"), "--replace").stderr
    assert lives.tell("token", "create", "--user", "boss")["user"] == "boss"
    assert "no folder" in lives.run("backup", str(tmp_path / "nowhere" / "file")).stderr
