"""Where the data lives: SQLite in the data folder, or PostgreSQL by address."""

from __future__ import annotations

from pathlib import Path
from typing import Any
from urllib.parse import parse_qsl, unquote, urlsplit

PREPARED_FROM = 3  # how often a connection sends a statement before it prepares it


def database_from_url(url: str, data_dir: Path) -> dict[str, Any]:
    """Return Django's settings for `postgresql://user:password@host:port/name` or, for "", the embedded file.

    Raises ValueError for any other scheme.
    """
    if not url:
        return sqlite(data_dir / "huiying.sqlite3")
    parts = urlsplit(url)
    if parts.scheme == "sqlite":
        return sqlite(Path(unquote(parts.path)))
    if parts.scheme not in {"postgres", "postgresql"}:
        raise ValueError(f"HUIYING_DATABASE_URL must begin with postgresql:// or sqlite://, not {parts.scheme}://")
    return {
        "ENGINE": "django.db.backends.postgresql",
        "NAME": unquote(parts.path.lstrip("/")),
        "USER": unquote(parts.username or ""),
        "PASSWORD": unquote(parts.password or ""),
        "HOST": parts.hostname or "",
        "PORT": str(parts.port or ""),
        "CONN_MAX_AGE": 600,
        "CONN_HEALTH_CHECKS": True,
        "OPTIONS": postgres_options(dict(parse_qsl(parts.query))),
    }


def postgres_options(asked: dict[str, str]) -> dict[str, Any]:
    """Return the driver's options: statements are prepared, for planning one cost more than answering it.

    `?prepared=no` in the address is for a pooler between (pgBouncer before 1.21) that cannot keep them.
    """
    if asked.pop("prepared", "yes") == "no":
        return {**asked}
    return {"server_side_binding": True, "prepare_threshold": PREPARED_FROM, **asked}


def sqlite(path: Path) -> dict[str, Any]:
    path.parent.mkdir(parents=True, exist_ok=True)
    return {
        "ENGINE": "django.db.backends.sqlite3",
        "NAME": str(path),
        "OPTIONS": {
            "transaction_mode": "IMMEDIATE",
            "timeout": 20,
            "init_command": (
                "PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL; PRAGMA foreign_keys=ON; "
                "PRAGMA cache_size=-65536; PRAGMA mmap_size=268435456; PRAGMA temp_store=MEMORY;"
            ),
        },
    }
