"""`huiying check`: is this installation in order? Code 1 when something is broken or late."""

from __future__ import annotations

from typing import Any

from django.core.checks import run_checks
from django.utils import timezone
from django.utils.translation import gettext as _

from huiying.kit.commands import FAILED, SpokenCommand
from huiying.readiness import Finding, findings


class Command(SpokenCommand):
    help = "Say whether this installation is in order; code 1 when something is broken or late."

    def work(self, **_words: Any) -> None:
        found = [*program_findings(), *findings(timezone.now())]
        for one in found:
            told = " ".join(filter(None, (one.sentence, one.failure)))
            self.say(told, event="finding", code=one.code, sentence=one.sentence, n=one.count, failure=one.failure)
        if found:
            self.say(_("%(n)d things need attention.") % {"n": len(found)}, event="checked", ok=False)
            raise SystemExit(FAILED)
        self.say(_("All is in order."), event="checked", ok=True)


def program_findings() -> list[Finding]:
    return [
        Finding(code=message.id or "program", sentence=" ".join(filter(None, (message.msg, message.hint))))
        for message in run_checks()
        if not message.is_silenced()
    ]
