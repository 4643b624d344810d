"""A database of our own to measure in: made anew on the PostgreSQL that HUIYING_BENCH_POSTGRES names."""

from __future__ import annotations

import os
import tempfile
from pathlib import Path

import psycopg

SERVER = os.environ.get("HUIYING_BENCH_POSTGRES", "postgresql://postgres@127.0.0.1:5432")
NAME = os.environ.get("HUIYING_BENCH_DATABASE", "huiying_bench")
URL = f"{SERVER}/{NAME}"
FOLDER = Path(tempfile.gettempdir()) / NAME


def settle_in(*, keep: bool, url: str = URL) -> bool:
    """Point everything below at the scratch database; say whether it was made anew (`keep` uses what is there)."""
    FOLDER.mkdir(exist_ok=True)
    name = url.rpartition("/")[2]
    os.environ.update(HUIYING_DATABASE_URL=url, HUIYING_DATA_DIR=str(FOLDER), DJANGO_SETTINGS_MODULE="huiying.settings")
    with psycopg.connect(f"{SERVER}/postgres", autocommit=True) as server:
        there = server.execute("SELECT 1 FROM pg_database WHERE datname = %s", [name]).fetchone()
        if there and keep:
            return False
        server.execute(f'DROP DATABASE IF EXISTS "{name}" WITH (FORCE)')
        server.execute(f'CREATE DATABASE "{name}"')
    return True
