"""Commands that speak to people and, with --json, one JSON object a line to programs."""

from __future__ import annotations

import json
from typing import Any

from django.core.management.base import BaseCommand, CommandParser
from django.db import DatabaseError

from huiying.kit.guards import BadInput, DomainError, Sentence
from huiying.kit.troubles import trouble_of

FAILED, WRONG_INPUT = 1, 2


class SpokenCommand(BaseCommand):
    """A command of `huiying`: `work` does it, `say` tells it; a broken rule is told and ends with code 1 or 2."""

    requires_system_checks = ()
    as_json = False

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--json", action="store_true", dest="as_json", help="print one JSON object a line")

    def handle(self, *_args: Any, **words: Any) -> None:
        self.as_json = words.pop("as_json")
        try:
            self.work(**words)
        except DomainError as broken:
            self.fail(broken)
        except (DatabaseError, OSError) as failure:
            trouble = trouble_of(failure)
            if trouble is None:
                raise
            self.fail(trouble)

    def work(self, **words: Any) -> None:
        raise NotImplementedError

    def say(self, sentence: Sentence, /, **facts: Any) -> None:
        """Print the sentence or, to programs, the facts."""
        line = json.dumps(facts, ensure_ascii=False, default=str) if self.as_json else str(sentence)
        self.stdout.write(line)
        self.stdout.flush()

    def fail(self, broken: DomainError) -> None:
        if self.as_json:
            self.say("", error=str(broken), code=broken.code)
        else:
            self.stderr.write(str(broken))
        raise SystemExit(WRONG_INPUT if isinstance(broken, BadInput) else FAILED)
