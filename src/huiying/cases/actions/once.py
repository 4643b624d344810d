"""A form sent twice, by a double press or a second try on a slow line, does its deed once."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, timedelta

from django.db import transaction

from huiying.cases.models import Case, SentForm
from huiying.kit.turns import take_turns

KEPT_FOR = timedelta(days=2)


def once(digest: str, deed: Callable[[], Case], *, at: datetime) -> Case:
    """Do the deed and return its case, or only return it when the very same form has done it before.

    Two at once: the second waits for the first. A refused deed leaves no trace. "" is a form nobody can know again.
    """
    if not digest:
        return deed()
    with transaction.atomic():
        take_turns(f"form {digest}")
        known = SentForm.objects.filter(digest=digest).select_related("case").first()
        if known is not None:
            return known.case
        case = deed()
        SentForm.objects.create(digest=digest, case=case, at=at)
    return case


def forget_sent_forms(now: datetime) -> int:
    """Forget forms sent more than two days ago; return how many."""
    return SentForm.objects.filter(at__lt=now - KEPT_FOR).delete()[0]
