"""`huiying restore FILE`: bring an installation back from a backup."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from django.core.management.base import CommandParser
from django.utils import timezone
from django.utils.translation import gettext as _

from huiying.archive.restore import restore
from huiying.kit.commands import SpokenCommand


class Command(SpokenCommand):
    help = "Bring an installation back from a backup, and up to date."

    def add_arguments(self, parser: CommandParser) -> None:
        super().add_arguments(parser)
        parser.add_argument("file", type=Path, metavar="FILE")
        parser.add_argument("--replace", action="store_true", help="replace the installation that is here")

    def work(self, **words: Any) -> None:
        manifest = restore(words["file"].resolve(), replace=words["replace"], at=timezone.now())
        told = {"at": manifest["at"], "version": manifest["version"]}
        self.say(_("Restored: the state of %(at)s, made by version %(version)s.") % told, **manifest)
