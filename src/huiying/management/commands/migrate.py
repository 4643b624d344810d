"""`huiying migrate`: bring the database up to date and, when all of it is, add the starter pack."""

from __future__ import annotations

from typing import Any

from django.core.management.commands import migrate
from django.db import DEFAULT_DB_ALIAS

from huiying.starter import install_starter_pack


class Command(migrate.Command):
    def handle(self, *args: Any, **options: Any) -> None:
        super().handle(*args, **options)
        if brings_everything_up_to_date(options):
            install_starter_pack()


def brings_everything_up_to_date(options: dict[str, Any]) -> bool:
    partial = ("app_label", "migration_name", "plan", "check_unapplied", "fake", "prune")
    return options["database"] == DEFAULT_DB_ALIAS and not any(options.get(name) for name in partial)
