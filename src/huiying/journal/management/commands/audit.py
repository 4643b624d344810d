"""`huiying audit verify`: was anything in the journal changed after it was sealed?"""

from __future__ import annotations

from typing import Any

from django.core.management.base import CommandParser
from django.utils.translation import gettext as _

from huiying.journal.models import Entry, Seal
from huiying.journal.sealing import broken_seals
from huiying.kit.commands import FAILED, SpokenCommand


class Command(SpokenCommand):
    help = "Compare the journal with its seals; code 1 when something was changed, removed or added."

    def add_arguments(self, parser: CommandParser) -> None:
        super().add_arguments(parser)
        parser.add_argument("deed", choices=["verify"])

    def work(self, **_words: Any) -> None:
        broken = 0
        for found in broken_seals():
            broken += 1
            words = {"first": found.seal.first_id, "last": found.seal.last_id, "reason": found.reason}
            self.say(_("Entries %(first)d to %(last)d: %(reason)s.") % words, event="broken", **words)
        self.conclude(broken)
        if broken:
            raise SystemExit(FAILED)

    def conclude(self, broken: int) -> None:
        last = Seal.objects.last()
        sealed = last.last_id if last else 0
        unsealed = Entry.objects.filter(id__gt=sealed).count()
        words = {"seals": Seal.objects.count(), "broken": broken, "unsealed": unsealed}
        sentence = _("%(seals)d seals, %(broken)d broken; %(unsealed)d recent entries are not sealed yet.")
        self.say(sentence % words, event="verified", ok=not broken, **words)
