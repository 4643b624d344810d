"""`huiying backup FILE`: the database, the uploads and the secret in one file, while people go on working."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from django.core.management.base import CommandParser
from django.utils import timezone
from django.utils.translation import gettext as _

from huiying.archive.backup import back_up
from huiying.kit.commands import SpokenCommand
from huiying.readiness import ensure_up_to_date


class Command(SpokenCommand):
    help = "Write the database, the uploads and the secret into one file, while people go on working."

    def add_arguments(self, parser: CommandParser) -> None:
        super().add_arguments(parser)
        parser.add_argument("file", type=Path, metavar="FILE")

    def work(self, **words: Any) -> None:
        ensure_up_to_date()
        made = back_up(words["file"].resolve(), at=timezone.now())
        told = {"file": made["file"], "size": f"{made['bytes'] / 1024 / 1024:.1f}"}
        self.say(_("%(file)s holds everything (%(size)s MiB). Keep it safe: it holds the secret too.") % told, **made)
