"""Saying who has a case open and what they are doing, so that two do not write the same answer (SPEC K7)."""

from __future__ import annotations

from datetime import datetime, timedelta

from django.utils.translation import gettext_lazy as _

from huiying.cases.models import Case, Presence
from huiying.cases.models.presence import STILL_HERE
from huiying.kit.guards import BadInput

KEPT_FOR = timedelta(hours=1)


def be_present(case: Case, doing: str, *, by: int, at: datetime) -> None:
    """Note what a person (their key) does with the case. Raises BadInput for an unknown word."""
    if doing not in Presence.Doing.values:
        codes = ", ".join(Presence.Doing.values)
        raise BadInput(_("“{value}” is not one of: {codes}.").format(value=doing[:20], codes=codes), field="doing")
    mine = Presence.objects.filter(case=case, user_id=by)
    if mine.filter(doing=doing, seen_at__gt=at - STILL_HERE).update(seen_at=at):
        return
    Presence.objects.update_or_create(case=case, user_id=by, defaults={"doing": doing, "seen_at": at, "changed_at": at})


def forget_absent(now: datetime) -> int:
    """Delete what was said by pages that are long closed."""
    return Presence.objects.filter(seen_at__lt=now - KEPT_FOR).delete()[0]
